package dev.slipway.policy.judge;

import java.util.Arrays;
import java.util.OptionalDouble;

/** Numbers in order of time. */
final class Series {
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

  int countAbove(double limit) {
    int count = 0;
    for (int i = 0; i < size; i++) {
      count += values[i] > limit ? 1 : 0;
    }
    return count;
  }
}
