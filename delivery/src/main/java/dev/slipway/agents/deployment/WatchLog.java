package dev.slipway.agents.deployment;

import dev.slipway.policy.judge.Arm;
import dev.slipway.policy.judge.ArmTraffic;
import dev.slipway.policy.judge.Interval;
import dev.slipway.policy.judge.Recording;
import dev.slipway.policy.judge.Row;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Everything a watch saw, as a recording that can be judged again. Bounded: a longer watch is
 * recorded in longer intervals, of which nothing is lost but when within them it happened.
 */
final class WatchLog {
  /** The judge of files divides a window into fewer steps than this. Even: they are paired. */
  static final int INTERVALS_MAX = 500;

  private static final List<Double> QUANTILES = List.of(0.5, 0.9, 0.99);

  private final List<Interval.Measured> kept = new ArrayList<>();
  private int each = 1;
  private int inLast;

  /** Takes in the next interval; one of which nothing counts leaves a gap. */
  void add(Interval interval) {
    switch (interval) {
      case Interval.Measured measured -> add(measured);
      case Interval.Missed ignored -> {}
      case Interval.Confounded ignored -> {}
    }
  }

  private void add(Interval.Measured measured) {
    if (!kept.isEmpty() && inLast < each) {
      kept.set(kept.size() - 1, both(kept.getLast(), measured));
      inLast++;
      return;
    }
    if (kept.size() == INTERVALS_MAX) {
      halve();
    }
    kept.add(measured);
    inLast = 1;
  }

  private void halve() {
    for (int i = 0; i < kept.size(); i++) {
      kept.set(i, both(kept.get(i), kept.remove(i + 1)));
    }
    each *= 2;
  }

  private static Interval.Measured both(Interval.Measured earlier, Interval.Measured later) {
    return new Interval.Measured(
        earlier.from(),
        later.to(),
        earlier.canary().plus(later.canary()),
        earlier.baseline().plus(later.baseline()));
  }

  /** A row for each interval and arm; empty if nothing was ever measured. */
  Optional<Recording> recording() {
    List<Row> rows = new ArrayList<>(2 * kept.size());
    for (Interval.Measured interval : kept) {
      rows.add(row(interval, Arm.CANARY, interval.canary()));
      rows.add(row(interval, Arm.BASELINE, interval.baseline()));
    }
    return rows.isEmpty() ? Optional.empty() : Optional.of(new Recording(QUANTILES, rows));
  }

  private static Row row(Interval.Measured interval, Arm arm, ArmTraffic traffic) {
    return new Row(
        interval.to(),
        arm,
        "",
        traffic.requests(),
        traffic.errors(),
        Double.NaN,
        QUANTILES.stream().map(it -> traffic.latencies().quantile(it).orElse(Double.NaN)).toList());
  }
}
