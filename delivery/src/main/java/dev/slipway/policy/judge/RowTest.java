package dev.slipway.policy.judge;

import java.time.Instant;
import java.util.Arrays;

/**
 * A sequential test that a quantile which is recorded once per row lies no higher than a reference,
 * weaker than counting slow requests: all it has is the scatter of the rows. The logarithms of the
 * ratio to the reference are taken to scatter logistically around zero or less; a shift by d scales
 * has the likelihood ratio {@code d - 2 ln(1 + e^(d-y)) + 2 ln(1 + e^-y)}, which lies between -d
 * and d, so that no outlier counts for more. It is the likelihood for which Wilcoxon's rank scores
 * are the locally best (Hájek and Šidák, "Theory of rank tests", 1967).
 */
final class RowTest {
  private static final double[] SHIFTS = {0.5, 1, 2, 3, 4};
  private static final double[] LOG_WEIGHTS = new double[SHIFTS.length];

  static {
    Arrays.fill(LOG_WEIGHTS, -Math.log(SHIFTS.length));
  }

  private final Onsets onsets;
  private final Evidence evidence;
  private final SharesByPart over = new SharesByPart();
  private final Scatter scatter = new Scatter();
  private final double[] increments = new double[SHIFTS.length];
  private int rows;

  RowTest(double alpha, Onsets onsets) {
    this.onsets = onsets;
    this.evidence = new Evidence(LOG_WEIGHTS, alpha, onsets);
  }

  /**
   * @param logRatio logarithm of the row's ratio to the reference
   */
  void add(Instant from, double logRatio) {
    double y = logRatio / scatter.scale();
    double atZero = log1pExp(-y);
    for (int k = 0; k < SHIFTS.length; k++) {
      increments[k] = SHIFTS[k] - 2 * log1pExp(SHIFTS[k] - y) + 2 * atZero;
    }
    evidence.add(from, increments);
    over.add(onsets.part(from), logRatio > 0 ? 1 : 0, 1);
    scatter.add(logRatio);
    rows++;
  }

  private static double log1pExp(double x) {
    return x > 35 ? x : Math.log1p(Math.exp(x));
  }

  Evidence evidence() {
    return evidence;
  }

  /** Whether most rows since that part of the window began lie over the reference. */
  boolean over(int part) {
    return over.since(part) > 0.5;
  }

  int rows() {
    return rows;
  }
}
