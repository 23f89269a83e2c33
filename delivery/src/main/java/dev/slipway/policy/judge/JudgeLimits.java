package dev.slipway.policy.judge;

import dev.slipway.policy.Thresholds;
import java.time.Duration;

/**
 * What the judge holds a canary to, and how sure it has to be.
 *
 * @param errorRateMax highest share of failing requests, 0 to 1
 * @param latencyP99Max at most one request in a hundred may take longer than this
 * @param baselineTolerance how much worse than the concurrent baseline is tolerated; 0.10 is 10 %
 * @param alpha highest probability of failing a good canary at any time in the whole window
 * @param effect how many times the limit a pass must have been able to see
 * @param power with which probability it must have been able to see it
 * @param window how long the canary is watched
 * @param blindMax how long the judge goes without seeing the canary before it gives up
 * @param baseline whether a pass needs a baseline to compare with
 */
public record JudgeLimits(
    double errorRateMax,
    Duration latencyP99Max,
    double baselineTolerance,
    double alpha,
    double effect,
    double power,
    Duration window,
    Duration blindMax,
    BaselineUse baseline) {

  /** Whether a pass needs a baseline with traffic over the same time. */
  public enum BaselineUse {
    REQUIRED,
    /** There may be none, as when the canary takes all traffic. It is still used where it is. */
    OPTIONAL
  }

  /** The defaults of the product: 0.5 %, 800 ms, ten minutes, one false alarm in a thousand. */
  public static final JudgeLimits DEFAULT = of(Thresholds.DEFAULT);

  public JudgeLimits {
    requireRange("error_rate_max", errorRateMax, 0, 1);
    requireRange("baseline_tolerance", baselineTolerance, 0, 10);
    requireRange("alpha", alpha, 1e-9, 0.5);
    requireRange("effect", effect, 1.1, 1_000);
    requireRange("power", power, 0.01, 0.999);
    requirePositive("latency_p99_max", latencyP99Max);
    requirePositive("window", window);
    requirePositive("blind_max", blindMax);
  }

  /** The policy's limits, with the product's certainty and window. */
  public static JudgeLimits of(Thresholds thresholds) {
    return new JudgeLimits(
        thresholds.errorRateMax(),
        thresholds.latencyP99Max(),
        thresholds.regressionTolerance(),
        0.001,
        4,
        0.90,
        Duration.ofMinutes(10),
        Duration.ofSeconds(60),
        BaselineUse.REQUIRED);
  }

  /** The same limits over another window. */
  public JudgeLimits withWindow(Duration other) {
    return new JudgeLimits(
        errorRateMax,
        latencyP99Max,
        baselineTolerance,
        alpha,
        effect,
        power,
        other,
        blindMax,
        baseline);
  }

  /** The same limits with another need of a baseline. */
  public JudgeLimits withBaseline(BaselineUse other) {
    return new JudgeLimits(
        errorRateMax,
        latencyP99Max,
        baselineTolerance,
        alpha,
        effect,
        power,
        window,
        blindMax,
        other);
  }

  /** The latency limit in milliseconds. */
  double latencyMillis() {
    return latencyP99Max.toNanos() / 1e6;
  }

  private static void requireRange(String key, double value, double min, double max) {
    if (!(value >= min && value <= max)) {
      throw new IllegalArgumentException(key + " must lie between " + min + " and " + max);
    }
  }

  private static void requirePositive(String key, Duration value) {
    if (value.isNegative() || value.isZero()) {
      throw new IllegalArgumentException(key + " must be longer than nothing");
    }
  }
}
