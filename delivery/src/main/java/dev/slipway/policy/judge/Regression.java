package dev.slipway.policy.judge;

import dev.slipway.policy.Reason;
import dev.slipway.policy.Verdict;
import java.util.List;
import java.util.Locale;
import java.util.stream.DoubleStream;
import org.apache.commons.statistics.inference.AlternativeHypothesis;
import org.apache.commons.statistics.inference.BinomialTest;

/**
 * Whether a run in staging is worse than the baseline, the runs of the versions that shipped last:
 * beyond tolerance, and beyond what chance, the spread of those runs and the clock's grain explain.
 *
 * <p>The baseline's p99 is the median of its runs'. If the new version is no slower than tolerated,
 * at most one in a hundred of its requests takes longer than that p99 plus the tolerance, and plus
 * three deviations of the runs (median absolute deviation; its factor is that of a normal); an
 * exact binomial test (Clopper and Pearson 1934) rejects it at 0.1 %.
 */
public final class Regression {
  private static final double ALPHA = 0.001;
  private static final double SLOW_SHARE = 0.01;

  /**
   * Two runs on one machine differ by this much through scheduling alone, however fast the service.
   */
  private static final double GRAIN_MILLIS = 20;

  /** The median absolute deviation of a normal distribution, times this, is its deviation. */
  private static final double NORMAL = 1.4826;

  private static final double DEVIATIONS = 3;

  /** Fewer runs do not show how much they differ when nothing has changed. */
  private static final int RUNS_MIN = 3;

  /** Until then one run is taken to deviate from the next by this share of the p99. */
  private static final double SPREAD_UNKNOWN = 0.25;

  /** Fewer requests than this cannot show a p99. */
  public static final long REQUESTS_MIN = 50;

  private Regression() {}

  /**
   * @param baseline the runs to compare with
   * @param tolerance how much slower is tolerated; 0.10 is 10 %
   */
  public static Verdict judge(
      String service, ArmTraffic now, List<ArmTraffic> baseline, double tolerance) {
    double[] runs = baseline.stream().flatMapToDouble(run -> run.p99().stream()).toArray();
    if (runs.length == 0 || now.latencies().count() < REQUESTS_MIN) {
      return new Verdict.Inconclusive(
          List.of(
              new Reason(
                  "validation.too_little_traffic",
                  service,
                  now.latencies().count()
                      + " requests in staging are too few to compare the p99 of "
                      + service)));
    }
    double before = Scatter.median(runs);
    double spread =
        runs.length < RUNS_MIN
            ? SPREAD_UNKNOWN * before
            : NORMAL
                * Scatter.median(DoubleStream.of(runs).map(it -> Math.abs(it - before)).toArray());
    double limit =
        Math.max(before * (1 + tolerance), before + Math.max(GRAIN_MILLIS, DEVIATIONS * spread));
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
                    before,
                    tolerance * 100))));
  }
}
