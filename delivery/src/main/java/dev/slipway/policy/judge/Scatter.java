package dev.slipway.policy.judge;

import java.util.Arrays;

/**
 * How widely a series scatters around its middle, robustly: the median absolute deviation of its
 * last values, blended with a usual value as long as there are few. Only values from before a row
 * scale that row.
 */
final class Scatter {
  /** The usual scale of the logarithm of a recorded p99: rows differ by about a third. */
  private static final double USUAL = 0.2;

  private static final double USUAL_WEIGHT = 4;
  private static final double SCALE_MIN = 0.04;
  private static final int KEPT = 64;

  /** Median absolute deviation of a logistic distribution of scale 1: ln 3. */
  private static final double LOGISTIC = Math.log(3);

  private final double[] values = new double[KEPT];
  private int count;
  private double scale = USUAL;

  void add(double value) {
    values[count % KEPT] = value;
    count++;
    if (count < KEPT || count % 8 == 0) {
      scale = measure();
    }
  }

  /** The logistic scale of what was added so far. */
  double scale() {
    return scale;
  }

  private double measure() {
    double[] sorted = Arrays.copyOf(values, Math.min(count, KEPT));
    double middle = median(sorted);
    for (int i = 0; i < sorted.length; i++) {
      sorted[i] = Math.abs(sorted[i] - middle);
    }
    double measured = median(sorted) / LOGISTIC;
    double variance =
        (USUAL_WEIGHT * USUAL * USUAL + sorted.length * measured * measured)
            / (USUAL_WEIGHT + sorted.length);
    return Math.max(SCALE_MIN, Math.sqrt(variance));
  }

  /** The median; sorts its argument. */
  static double median(double[] values) {
    Arrays.sort(values);
    int half = values.length / 2;
    return values.length % 2 == 1 ? values[half] : (values[half - 1] + values[half]) / 2;
  }
}
