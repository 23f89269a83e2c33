package dev.slipway.policy.judge;

import dev.slipway.policy.Reason;
import dev.slipway.policy.Verdict;
import java.util.List;
import java.util.OptionalDouble;

/** A latency quantile that is recorded once per row, against the absolute limit. */
final class RowLatency {
  private static final int ROWS_MIN = 5;

  static final String WEAKER = " (one value per row: weaker than counting slow requests)";

  private final String quantile;
  private final int index;
  private final JudgeLimits limits;
  private final Onsets onsets;

  /**
   * @param q the quantile, between 0 and 1
   * @param index which of the recording's quantiles it is
   */
  RowLatency(double q, int index, JudgeLimits limits, Onsets onsets) {
    this.quantile = label(q);
    this.index = index;
    this.limits = limits;
    this.onsets = onsets;
  }

  /** A quantile as in {@code p99} or {@code p99.9}. */
  static String label(double q) {
    double percent = Math.round(q * 1e6) / 1e4;
    return "p" + (percent == Math.rint(percent) ? Long.toString((long) percent) : percent);
  }

  /** The quantile against the absolute limit. */
  Fed againstLimit(double alpha) {
    double limit = limits.latencyMillis();
    RowTest canary = new RowTest(alpha, onsets);
    RowTest baseline = new RowTest(alpha, onsets);
    Blame blame = new Blame(canary.evidence(), baseline.evidence(), baseline::over);
    Series canaries = new Series();
    Series baselines = new Series();
    String name = "latency_" + quantile;
    RowMetric.Face face =
        new RowMetric.Face(
            name,
            () ->
                "The canary's %s is over %s in %d of %d rows, in the middle %s, the baseline's in %d of %d%s."
                    .formatted(
                        quantile,
                        Words.millis(limit),
                        canaries.countAbove(limit),
                        canaries.size(),
                        Words.millis(canaries.median()),
                        baselines.countAbove(limit),
                        baselines.size(),
                        WEAKER),
            canaries::median,
            baselines::median,
            () -> OptionalDouble.of(limit));
    Metric metric = new RowMetric(face, blame, canary::rows, ROWS_MIN, () -> noData(name));
    return new Fed(
        metric,
        tick -> {
          add(tick, tick.baseline(), limit, baseline, baselines);
          add(tick, tick.canary(), limit, canary, canaries);
          blame.update(tick.last());
        });
  }

  private void add(Tick tick, ArmTick arm, double limit, RowTest test, Series series) {
    double millis = arm.latency(index);
    if (millis > 0) {
      test.add(tick.from(), Math.log(millis / limit));
      series.add(millis);
    }
  }

  static Verdict noData(String name) {
    return new Verdict.Inconclusive(
        List.of(new Reason(Rules.NO_DATA, name, "The canary has no value for " + name + ".")));
  }
}
