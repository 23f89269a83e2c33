package dev.slipway.policy.judge;

import java.util.Arrays;

/** The value that as many lie above as below. */
final class Medians {
  private Medians() {}

  /** Between the two in the middle of an even number; at least one value is needed. */
  static double of(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    int half = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
  }
}
