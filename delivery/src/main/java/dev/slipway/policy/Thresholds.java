package dev.slipway.policy;

import java.time.Duration;

/**
 * The limits that gates compare with. Defaults are those of the five agents' gates; a repository's
 * configuration may only tighten what the server's configuration sets.
 *
 * @param riskMax highest risk score (1 to 10) that passes without a person
 * @param coverageMin lowest covered share of changed executable lines, 0 to 1
 * @param errorRateMax highest share of failing requests, 0 to 1
 * @param latencyP99Max highest 99th percentile of response time
 * @param regressionTolerance how much worse than the baseline is tolerated, 0.10 is 10 %
 * @param flakyTestsMax how many flaky existing tests are tolerated
 * @param model whether a review without a model is accepted
 */
public record Thresholds(
    int riskMax,
    double coverageMin,
    double errorRateMax,
    Duration latencyP99Max,
    double regressionTolerance,
    int flakyTestsMax,
    ModelUse model) {

  /** Whether the review needs the model. */
  public enum ModelUse {
    OPTIONAL,
    REQUIRED
  }

  /** The defaults of the product. */
  public static final Thresholds DEFAULT =
      new Thresholds(6, 0.80, 0.005, Duration.ofMillis(800), 0.10, 0, ModelUse.OPTIONAL);

  /** Limits that bind nothing: everything is stricter. */
  public static final Thresholds LOOSEST =
      new Thresholds(10, 0, 1, Duration.ofDays(1), 10, 1_000_000, ModelUse.OPTIONAL);

  public Thresholds {
    requireRange("risk_max", riskMax, 1, 10);
    requireRange("coverage_min", coverageMin, 0, 1);
    requireRange("error_rate_max", errorRateMax, 0, 1);
    requireRange("regression_tolerance", regressionTolerance, 0, 10);
    requireRange("flaky_tests_max", flakyTestsMax, 0, 1_000_000);
    if (latencyP99Max.isNegative() || latencyP99Max.isZero()) {
      throw new IllegalArgumentException("latency_p99_max must be longer than 0 ms");
    }
  }

  private static void requireRange(String key, double value, double min, double max) {
    if (!(value >= min && value <= max)) {
      throw new IllegalArgumentException(key + " must lie between " + min + " and " + max);
    }
  }

  /** These limits, each replaced by the other's where that is stricter. */
  public Thresholds tightenedBy(Thresholds other) {
    return new Thresholds(
        Math.min(riskMax, other.riskMax),
        Math.max(coverageMin, other.coverageMin),
        Math.min(errorRateMax, other.errorRateMax),
        latencyP99Max.compareTo(other.latencyP99Max) <= 0 ? latencyP99Max : other.latencyP99Max,
        Math.min(regressionTolerance, other.regressionTolerance),
        Math.min(flakyTestsMax, other.flakyTestsMax),
        model == ModelUse.REQUIRED ? model : other.model);
  }
}
