package dev.slipway.app.edge;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Counts requests by result and by latency. Sparse: thousands of these are kept, mostly small. */
final class Tally {
  private final Map<Result, Long> results = new EnumMap<>(Result.class);
  private long retried;
  private long nanosSum;
  private short[] buckets = new short[4];
  private long[] counts = new long[4];
  private int size;

  void add(Result result, long nanos) {
    results.merge(result, 1L, Long::sum);
    nanosSum += nanos;
    addTo((short) LatencyScale.bucketOf(nanos), 1);
  }

  void addRetry() {
    retried++;
  }

  void addAll(Tally other) {
    other.results.forEach((result, count) -> results.merge(result, count, Long::sum));
    retried += other.retried;
    nanosSum += other.nanosSum;
    for (int i = 0; i < other.size; i++) {
      addTo(other.buckets[i], other.counts[i]);
    }
  }

  private void addTo(short bucket, long count) {
    int at = Arrays.binarySearch(buckets, 0, size, bucket);
    if (at >= 0) {
      counts[at] += count;
      return;
    }
    int insert = -at - 1;
    if (size == buckets.length) {
      buckets = Arrays.copyOf(buckets, size * 2);
      counts = Arrays.copyOf(counts, size * 2);
    }
    System.arraycopy(buckets, insert, buckets, insert + 1, size - insert);
    System.arraycopy(counts, insert, counts, insert + 1, size - insert);
    buckets[insert] = bucket;
    counts[insert] = count;
    size++;
  }

  /** Sum of all latencies. */
  double seconds() {
    return nanosSum / 1e9;
  }

  Counts counts() {
    long requests = 0;
    long errors = 0;
    for (Map.Entry<Result, Long> entry : results.entrySet()) {
      requests += entry.getValue();
      errors += entry.getKey().isError() ? entry.getValue() : 0;
    }
    return new Counts(requests, errors, retried, results);
  }

  Histogram histogram() {
    List<Histogram.Bucket> list = new ArrayList<>(size);
    for (int i = 0; i < size; i++) {
      list.add(new Histogram.Bucket(LatencyScale.upperMs(buckets[i]), counts[i]));
    }
    return new Histogram(list);
  }
}
