package dev.slipway.policy.judge;

import java.util.OptionalDouble;

/** The error rate's metrics, which the live judge and recordings with counts share. */
final class ErrorMetrics {
  static final String RATE = "error_rate";
  static final String RATE_VS_BASELINE = "error_rate_vs_baseline";
  private static final double TRIFLE_MIN = 1e-5;

  private ErrorMetrics() {}

  static Metric limit(LimitTest test, double alpha, JudgeLimits limits) {
    return new LimitMetric(
        RATE,
        "failed",
        test,
        alpha,
        new LimitMetric.Shown(
            () -> test.canary().rate(), () -> test.baseline().rate(), limits.errorRateMax()));
  }

  static ComparisonTest comparisonTest(double alpha, JudgeLimits limits, Onsets onsets) {
    return new ComparisonTest(
        ratio(limits),
        OptionalDouble.of(trifle(limits)),
        alpha,
        Alternatives.around(limits.effect()),
        onsets);
  }

  static Metric comparison(ComparisonTest test, JudgeLimits limits) {
    return new ComparisonMetric(RATE_VS_BASELINE, "failed", test, limits);
  }

  /** How many times the baseline's rate is tolerated. */
  static double ratio(JudgeLimits limits) {
    return 1 + limits.baselineTolerance();
  }

  /** An error rate so small beside the limit that a difference does not matter. */
  static double trifle(JudgeLimits limits) {
    return Math.max(TRIFLE_MIN, limits.errorRateMax() * Math.min(1, limits.baselineTolerance()));
  }
}
