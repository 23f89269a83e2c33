package dev.slipway.bench.edge;

import org.HdrHistogram.Histogram;

/** Latencies in microseconds, and requests that were not answered with 200. */
record Latency(Histogram micros, long errors) {
  double ms(double percentile) {
    return micros.getValueAtPercentile(percentile) / 1_000.0;
  }

  Latency and(Latency other) {
    Histogram sum = micros.copy();
    sum.add(other.micros);
    return new Latency(sum, errors + other.errors);
  }
}
