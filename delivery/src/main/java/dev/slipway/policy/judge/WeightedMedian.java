package dev.slipway.policy.judge;

/** A median in which every value has a weight; for few values, which it keeps sorted. */
final class WeightedMedian {
  private final double[] values;
  private final double[] weights;
  private int size;
  private double total;

  WeightedMedian(int capacity) {
    values = new double[capacity];
    weights = new double[capacity];
  }

  void add(double value, double weight) {
    int at = size++;
    while (at > 0 && values[at - 1] > value) {
      values[at] = values[at - 1];
      weights[at] = weights[at - 1];
      at--;
    }
    values[at] = value;
    weights[at] = weight;
    total += weight;
  }

  /** The least value that has half of the weight at or below it; NaN without values. */
  double get() {
    double seen = 0;
    for (int i = 0; i < size; i++) {
      seen += weights[i];
      if (seen >= total / 2) {
        return values[i];
      }
    }
    return Double.NaN;
  }
}
