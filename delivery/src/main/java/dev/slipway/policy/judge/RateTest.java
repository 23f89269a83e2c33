package dev.slipway.policy.judge;

import java.time.Instant;
import java.util.Arrays;

/**
 * A sequential test that shares between 0 and 1, of which the number of requests is unknown, are at
 * most the limit m in the mean. A gambler who stakes {@code f} on each row multiplies his capital
 * by {@code 1 + f (x/m - 1)}, which is a fair game at best, whatever the distribution (Waudby-Smith
 * and Ramdas, "Estimating means of bounded random variables by betting", 2023).
 */
final class RateTest {
  private static final double[] STAKES = {0.02, 0.1, 0.3, 0.6, 0.9};
  private static final double[] LOG_WEIGHTS = new double[STAKES.length];

  static {
    Arrays.fill(LOG_WEIGHTS, -Math.log(STAKES.length));
  }

  private final double limit;
  private final Onsets onsets;
  private final Evidence evidence;
  private final SharesByPart shares = new SharesByPart();
  private final double[] increments = new double[STAKES.length];
  private int rows;
  private double sum;

  RateTest(double limit, double alpha, Onsets onsets) {
    this.limit = limit;
    this.onsets = onsets;
    this.evidence = new Evidence(LOG_WEIGHTS, alpha, onsets);
  }

  void add(Instant from, double share) {
    for (int k = 0; k < STAKES.length; k++) {
      increments[k] = Math.log1p(STAKES[k] * (share / limit - 1));
    }
    evidence.add(from, increments);
    shares.add(onsets.part(from), share, 1);
    rows++;
    sum += share;
  }

  Evidence evidence() {
    return evidence;
  }

  /** Whether the mean share since that part of the window began lies over the limit. */
  boolean over(int part) {
    return shares.since(part) > limit;
  }

  int rows() {
    return rows;
  }

  double mean() {
    return rows == 0 ? Double.NaN : sum / rows;
  }
}
