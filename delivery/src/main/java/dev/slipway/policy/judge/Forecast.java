package dev.slipway.policy.judge;

import dev.slipway.policy.Reason;
import dev.slipway.policy.Verdict;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/**
 * The 99th percentile that is to be expected of a version in production.
 *
 * @param staging what it was in staging, in milliseconds as the next three
 * @param expected what it will most likely be
 * @param low the interval's lower end
 * @param high the interval's upper end
 * @param error how far the median prediction of the past was off; 0.1 is 10 %
 * @param pairs how many changes this was learned from
 * @param newest the newest of them; {@code none} without any
 * @param factors what staging is known to differ by
 */
public record Forecast(
    double staging,
    double expected,
    double low,
    double high,
    double error,
    int pairs,
    String newest,
    Factors factors) {
  /** Whether enough was learned for the interval to mean anything. */
  public boolean calibrated() {
    return pairs >= Calibration.PAIRS_MIN;
  }

  /** What it was learned from, and with which factors. */
  public String version() {
    return factors.byCause().isEmpty()
        ? "up to " + newest
        : "up to " + newest + " with the factors " + factors;
  }

  /** Fails a version that will be too slow in production even at the interval's lower end. */
  public Verdict judge(String service, Duration limit) {
    return calibrated() && low > millis(limit)
        ? new Verdict.Fail(
            List.of(
                new Reason(
                    "validation.predicted_latency",
                    service,
                    String.format(
                        Locale.ROOT,
                        "%s, above the limit of %.0f ms",
                        describe(service),
                        millis(limit)))))
        : new Verdict.Pass();
  }

  /** Whether the version may be too slow in production, as far as that can be said at all. */
  public boolean mayExceed(Duration limit) {
    return calibrated() && high > millis(limit);
  }

  private static double millis(Duration limit) {
    return limit.toNanos() / 1e6;
  }

  /** A sentence with all of it. */
  public String describe(String service) {
    String learned =
        calibrated()
            ? String.format(
                Locale.ROOT,
                "by %d changes %s, whose typical error was %.0f %%",
                pairs,
                version(),
                error * 100)
            : String.format(
                Locale.ROOT,
                "uncalibrated: %d of the %d changes that it takes have shipped%s",
                pairs,
                Calibration.PAIRS_MIN,
                factors.byCause().isEmpty() ? "" : "; with the factors " + factors);
    return String.format(
        Locale.ROOT,
        "%s: p99 %.1f ms in staging, %.1f ms expected in production (%.1f to %.1f ms; %s)",
        service,
        staging,
        expected,
        low,
        high,
        learned);
  }
}
