package dev.slipway.policy.judge;

import java.util.Arrays;
import java.util.OptionalDouble;
import java.util.function.DoublePredicate;

/** Numbers in order of time. */
final class Series {
  private static final int SAMPLE = 400;

  private double[] values = new double[64];
  private int size;

  void add(double value) {
    if (size == values.length) {
      values = Arrays.copyOf(values, size * 2);
    }
    values[size++] = value;
  }

  int size() {
    return size;
  }

  double[] toArray() {
    return Arrays.copyOf(values, size);
  }

  OptionalDouble median() {
    return size == 0 ? OptionalDouble.empty() : OptionalDouble.of(Scatter.median(toArray()));
  }

  OptionalDouble mean() {
    return Arrays.stream(toArray()).average();
  }

  /** One of the values near the middle, found in at most a few hundred of them. */
  OptionalDouble typical() {
    if (size == 0) {
      return OptionalDouble.empty();
    }
    int stride = 1 + size / SAMPLE;
    double[] sample = new double[(size + stride - 1) / stride];
    for (int i = 0; i < sample.length; i++) {
      sample[i] = values[i * stride];
    }
    Arrays.sort(sample);
    return OptionalDouble.of(sample[(sample.length - 1) / 2]);
  }

  int count(DoublePredicate which) {
    int count = 0;
    for (int i = 0; i < size; i++) {
      count += which.test(values[i]) ? 1 : 0;
    }
    return count;
  }

  int countAbove(double limit) {
    return count(value -> value > limit);
  }
}
