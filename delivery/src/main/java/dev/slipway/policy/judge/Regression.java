package dev.slipway.policy.judge;

import dev.slipway.policy.Reason;
import dev.slipway.policy.Verdict;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import org.apache.commons.statistics.inference.AlternativeHypothesis;
import org.apache.commons.statistics.inference.BinomialTest;

/**
 * Whether a run in staging is worse than the baseline run: beyond tolerance, and beyond what chance
 * and the clock's grain explain.
 *
 * <p>At most one request in a hundred of the baseline took longer than its p99. If the new version
 * is no slower than tolerated, at most one in a hundred of its requests takes longer than that p99
 * plus the tolerance; an exact binomial test (Clopper and Pearson 1934) rejects it at 0.1 %.
 */
public final class Regression {
  private static final double ALPHA = 0.001;
  private static final double SLOW_SHARE = 0.01;

  /**
   * Two runs on one machine differ by this much through scheduling alone, however fast the service.
   */
  private static final double GRAIN_MILLIS = 20;

  /** Fewer requests than this cannot show a p99. */
  private static final long REQUESTS_MIN = 50;

  private Regression() {}

  /**
   * @param tolerance how much slower is tolerated; 0.10 is 10 %
   */
  public static Verdict judge(
      String service, ArmTraffic now, ArmTraffic baseline, double tolerance) {
    OptionalDouble before = baseline.latencies().quantile(0.99);
    if (before.isEmpty() || now.latencies().count() < REQUESTS_MIN) {
      return new Verdict.Inconclusive(
          List.of(
              new Reason(
                  "validation.too_little_traffic",
                  service,
                  now.latencies().count()
                      + " requests in staging are too few to compare the p99 of "
                      + service)));
    }
    double limit =
        Math.max(before.getAsDouble() * (1 + tolerance), before.getAsDouble() + GRAIN_MILLIS);
    long slower = now.latencies().slowerThan(limit);
    double p =
        BinomialTest.withDefaults()
            .with(AlternativeHypothesis.GREATER_THAN)
            .test((int) now.latencies().count(), (int) slower, SLOW_SHARE)
            .getPValue();
    if (p >= ALPHA) {
      return new Verdict.Pass();
    }
    return new Verdict.Fail(
        List.of(
            new Reason(
                "validation.regression",
                service,
                String.format(
                    Locale.ROOT,
                    "%d of %d requests to %s took longer than %.0f ms in staging, where the baseline's"
                        + " p99 is %.0f ms: slower than the tolerated %.0f %%",
                    slower,
                    now.latencies().count(),
                    service,
                    limit,
                    before.getAsDouble(),
                    tolerance * 100))));
  }
}
