package dev.slipway.app.edge;

import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/** Everything counted for requests assigned under one epoch of a route. */
final class CounterSet {
  private final RouteSpec spec;
  private final Instant since;
  private final Map<Arm, Tally> totals = new EnumMap<>(Arm.class);
  private final TreeMap<Long, Map<Arm, Tally>> seconds = new TreeMap<>();

  CounterSet(RouteSpec spec, Instant since) {
    this.spec = spec;
    this.since = since;
    for (Arm arm : Arm.values()) {
      totals.put(arm, new Tally());
    }
  }

  Epoch epoch() {
    return spec.epoch();
  }

  void add(Arm arm, Result result, long nanos, long second) {
    total(arm).add(result, nanos);
    slice(arm, second).add(result, nanos);
  }

  void addRetry(Arm arm, long second) {
    total(arm).addRetry();
    slice(arm, second).addRetry();
  }

  private Tally slice(Arm arm, long second) {
    return seconds
        .computeIfAbsent(second, s -> new EnumMap<>(Arm.class))
        .computeIfAbsent(arm, a -> new Tally());
  }

  /** The first second of which this set knows nothing any more once it is dropped. */
  long endSecond() {
    return seconds.isEmpty() ? 0 : seconds.lastKey() + 1;
  }

  void forgetBefore(long second) {
    seconds.headMap(second).clear();
  }

  /** Adds what ended in the seconds from {@code from} to before {@code to} to the sum. */
  void sumInto(Tally sum, Arm arm, long from, long to) {
    for (Map<Arm, Tally> second : seconds.subMap(from, to).values()) {
      Tally tally = second.get(arm);
      if (tally != null) {
        sum.addAll(tally);
      }
    }
  }

  List<Slice> slices(long from, long to) {
    List<Slice> rows = new ArrayList<>();
    seconds
        .subMap(from, to)
        .forEach((second, arms) -> arms.forEach((arm, t) -> rows.add(slice(second, arm, t))));
    return rows;
  }

  private Slice slice(long second, Arm arm, Tally tally) {
    Counts counts = tally.counts();
    Histogram histogram = tally.histogram();
    return new Slice(
        Instant.ofEpochSecond(second),
        arm,
        epoch(),
        counts.requests(),
        counts.errors(),
        histogram.quantileMs(0.5),
        histogram.quantileMs(0.99),
        histogram);
  }

  RouteView.Counted view() {
    return new RouteView.Counted(
        epoch(),
        since,
        spec.canaryShareBp(),
        total(Arm.STABLE).counts(),
        total(Arm.CANARY).counts());
  }

  private Tally total(Arm arm) {
    return Objects.requireNonNull(totals.get(arm));
  }
}
