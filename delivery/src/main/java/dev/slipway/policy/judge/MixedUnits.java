package dev.slipway.policy.judge;

import java.util.Optional;
import java.util.OptionalDouble;

/**
 * Latencies of a recording that cannot be milliseconds: about a thousandfold apart, between arms or
 * between rows, or so small in both arms that they must be seconds.
 */
final class MixedUnits {
  private static final double ODD_ROWS_MAX = 0.05;

  /** No quantile worth limiting in tenths of a second lies below this over a network. */
  private static final double MILLIS_MIN = 1;

  private static final double LIMIT_MIN = 50;

  private final Timeline timeline;
  private final int quantile;
  private final String label;
  private final double limitMillis;

  MixedUnits(Timeline timeline, int quantile, String label, double limitMillis) {
    this.timeline = timeline;
    this.quantile = quantile;
    this.label = label;
    this.limitMillis = limitMillis;
  }

  Optional<Doubt> doubt() {
    Series canary = series(Arm.CANARY);
    Series baseline = series(Arm.BASELINE);
    OptionalDouble a = canary.typical();
    OptionalDouble b = baseline.typical();
    if (a.isPresent() && b.isPresent() && Units.apart(a.getAsDouble(), b.getAsDouble())) {
      return Optional.of(
          doubt(
              "The canary's %s is around %s and the baseline's around %s: that looks like two units, not two versions."
                  .formatted(label, Words.millis(a), Words.millis(b))));
    }
    return jump(canary, Arm.CANARY).or(() -> jump(baseline, Arm.BASELINE)).or(() -> seconds(a, b));
  }

  private Optional<Doubt> seconds(OptionalDouble canary, OptionalDouble baseline) {
    boolean tiny = canary.orElse(MILLIS_MIN) < MILLIS_MIN && baseline.orElse(0) < MILLIS_MIN;
    if (!tiny || limitMillis < LIMIT_MIN) {
      return Optional.empty();
    }
    return Optional.of(
        doubt(
            "The canary's %s is around %s, far under the limit of %s: that looks like seconds in a column of milliseconds."
                .formatted(
                    label, Words.millis(canary), Words.millis(OptionalDouble.of(limitMillis)))));
  }

  private Series series(Arm arm) {
    Series series = new Series();
    for (Row row : timeline.rows()) {
      if (row.arm() == arm && row.latencies().get(quantile) > 0) {
        series.add(row.latencies().get(quantile));
      }
    }
    return series;
  }

  private Optional<Doubt> jump(Series series, Arm arm) {
    OptionalDouble typical = series.typical();
    if (typical.isEmpty()) {
      return Optional.empty();
    }
    int odd = series.count(value -> Units.apart(value, typical.getAsDouble()));
    if (odd <= Math.max(1, ODD_ROWS_MAX * series.size())) {
      return Optional.empty();
    }
    return Optional.of(
        doubt(
            "%d of the %s's %d rows have a %s that is about a thousandfold off the others: that looks like two units in one series."
                .formatted(odd, arm.label(), series.size(), label)));
  }

  private Doubt doubt(String message) {
    return Doubt.barsPass(Rules.UNIT, "latency_" + label, timeline.end(), message);
  }
}
