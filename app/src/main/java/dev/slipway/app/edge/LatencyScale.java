package dev.slipway.app.edge;

import java.util.Arrays;

/**
 * The fixed bucket bounds of every latency histogram: all numbers of two significant digits from
 * 0.1 ms to 600 000 ms. So 0.10, 0.11 … 0.99, 1.0, 1.1 … 9.9, 10, 11 … 99, 100, 110 … 990, 1000,
 * 1100 … 600 000: 591 buckets, each bound at most 10 % above the one before, and around 800 ms
 * (790, 800, 810) 1.3 %.
 *
 * <p>A bucket counts latencies above the bound before it, up to and including its own; so "slower
 * than 800 ms" is an exact count, as is any limit of two significant digits. Latencies above the
 * last bound are counted in the last bucket. Decimal bounds are the reason this is not
 * HdrHistogram, whose bounds are binary.
 */
final class LatencyScale {
  private static final long LAST_MICROS = 600_000_000L;
  private static final long[] UPPER_MICROS = bounds();

  private LatencyScale() {}

  private static long[] bounds() {
    long[] all = new long[7 * 90];
    int size = 0;
    for (long unit = 10; unit <= LAST_MICROS / 10; unit *= 10) {
      for (long digits = 10; digits < 100 && digits * unit <= LAST_MICROS; digits++) {
        all[size++] = digits * unit;
      }
    }
    return Arrays.copyOf(all, size);
  }

  static int buckets() {
    return UPPER_MICROS.length;
  }

  static int bucketOf(long nanos) {
    long micros = Math.ceilDiv(nanos, 1_000L);
    int found = Arrays.binarySearch(UPPER_MICROS, micros);
    int bucket = found >= 0 ? found : -found - 1;
    return Math.min(bucket, UPPER_MICROS.length - 1);
  }

  static double upperMs(int bucket) {
    return UPPER_MICROS[bucket] / 1_000.0;
  }

  /** The bound before this one, in milliseconds; 0 before the first. */
  static double below(double upperMs) {
    int bucket = bucketOf(Math.round(upperMs * 1_000_000));
    return bucket == 0 ? 0 : upperMs(bucket - 1);
  }
}
