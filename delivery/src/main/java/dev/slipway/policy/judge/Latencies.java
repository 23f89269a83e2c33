package dev.slipway.policy.judge;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;

/**
 * A latency histogram: counts by the upper bound of their bucket in milliseconds, bounds rising;
 * the last may be infinite. Exact counts, quantiles to the width of a bucket.
 */
public record Latencies(List<Bucket> buckets) {
  /** {@code count} requests took at most {@code upToMillis} and more than the bucket before. */
  public record Bucket(double upToMillis, long count) {}

  public static final Latencies NONE = new Latencies(List.of());

  /** A bucket that is at most this much of a limit wide is as good as exact. */
  private static final double FINE = 0.1;

  public Latencies {
    buckets = List.copyOf(buckets);
    double lower = 0;
    for (Bucket bucket : buckets) {
      if (bucket.count() < 0 || !(bucket.upToMillis() > lower)) {
        throw new IllegalArgumentException(
            "buckets have bounds that rise from 0, and no negative counts");
      }
      lower = bucket.upToMillis();
    }
  }

  /** How many requests are in it. */
  public long count() {
    long count = 0;
    for (Bucket bucket : buckets) {
      count += bucket.count();
    }
    return count;
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

  /** How many may or may not have taken longer, because their bucket is too wide to tell. */
  public long unclearWhetherSlowerThan(double millis) {
    double lower = 0;
    for (Bucket bucket : buckets) {
      double upper = bucket.upToMillis();
      if (lower < millis && millis < upper && upper - lower > FINE * millis) {
        return bucket.count();
      }
      lower = upper;
    }
    return 0;
  }

  /**
   * The upper bound of the bucket that holds the quantile (0 to 1), or its lower bound if it has no
   * upper one; empty without requests.
   */
  public OptionalDouble quantile(double q) {
    long rank = Math.max(1, (long) Math.ceil(q * count()));
    long seen = 0;
    double lower = 0;
    for (Bucket bucket : buckets) {
      seen += bucket.count();
      if (seen >= rank) {
        return OptionalDouble.of(
            Double.isInfinite(bucket.upToMillis()) ? lower : bucket.upToMillis());
      }
      lower = bucket.upToMillis();
    }
    return OptionalDouble.empty();
  }

  /** The same requests, each this many times as slow; above 0. */
  public Latencies times(double factor) {
    return new Latencies(
        buckets.stream().map(it -> new Bucket(it.upToMillis() * factor, it.count())).toList());
  }

  /** Both together; buckets are matched by their bound. */
  public Latencies plus(Latencies other) {
    if (buckets.isEmpty() || other.buckets.isEmpty()) {
      return buckets.isEmpty() ? other : this;
    }
    List<Bucket> sum = new ArrayList<>(Math.max(buckets.size(), other.buckets.size()));
    int mine = 0;
    int theirs = 0;
    while (mine < buckets.size() || theirs < other.buckets.size()) {
      double next = Math.min(bound(mine), other.bound(theirs));
      long count = 0;
      if (bound(mine) == next && mine < buckets.size()) {
        count += buckets.get(mine++).count();
      }
      if (other.bound(theirs) == next && theirs < other.buckets.size()) {
        count += other.buckets.get(theirs++).count();
      }
      sum.add(new Bucket(next, count));
    }
    return new Latencies(sum);
  }

  private double bound(int index) {
    return index < buckets.size() ? buckets.get(index).upToMillis() : Double.POSITIVE_INFINITY;
  }
}
