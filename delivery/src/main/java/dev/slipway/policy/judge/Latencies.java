package dev.slipway.policy.judge;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.TreeMap;

/**
 * A latency histogram: counts by the upper bound of their bucket in milliseconds, bounds rising.
 * Exact counts, quantiles to the width of a bucket.
 */
public record Latencies(List<Bucket> buckets) {
  /** {@code count} requests took at most {@code upToMillis} and more than the bucket before. */
  public record Bucket(double upToMillis, long count) {}

  public static final Latencies NONE = new Latencies(List.of());

  public Latencies {
    buckets = List.copyOf(buckets);
    for (int i = 0; i < buckets.size(); i++) {
      if (buckets.get(i).count() < 0
          || (i > 0 && buckets.get(i).upToMillis() <= buckets.get(i - 1).upToMillis())) {
        throw new IllegalArgumentException("buckets have rising bounds and no negative counts");
      }
    }
  }

  /** How many requests are in it. */
  public long count() {
    return buckets.stream().mapToLong(Bucket::count).sum();
  }

  /** How many took longer than this; a bucket that straddles the limit counts as not longer. */
  public long slowerThan(double millis) {
    long slower = 0;
    double lower = 0;
    for (Bucket bucket : buckets) {
      if (lower >= millis) {
        slower += bucket.count();
      }
      lower = bucket.upToMillis();
    }
    return slower;
  }

  /** The upper bound of the bucket that holds the quantile (0 to 1); empty without requests. */
  public OptionalDouble quantile(double q) {
    long rank = Math.max(1, (long) Math.ceil(q * count()));
    long seen = 0;
    for (Bucket bucket : buckets) {
      seen += bucket.count();
      if (seen >= rank) {
        return OptionalDouble.of(bucket.upToMillis());
      }
    }
    return OptionalDouble.empty();
  }

  /** Both together; buckets are matched by their bound. */
  public Latencies plus(Latencies other) {
    Map<Double, Long> sum = new TreeMap<>();
    buckets.forEach(bucket -> sum.merge(bucket.upToMillis(), bucket.count(), Long::sum));
    other.buckets.forEach(bucket -> sum.merge(bucket.upToMillis(), bucket.count(), Long::sum));
    List<Bucket> out = new ArrayList<>();
    sum.forEach((bound, count) -> out.add(new Bucket(bound, count)));
    return new Latencies(out);
  }
}
