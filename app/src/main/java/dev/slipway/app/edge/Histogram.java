package dev.slipway.app.edge;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.List;

/**
 * Latencies as counts in the fixed buckets of the edge: all numbers of two significant digits from
 * 0.1 ms to 600 000 ms. In JSON a list of pairs {@code [upper bound in ms, count]}, ascending,
 * empty buckets left out.
 *
 * @param buckets the buckets that are not empty, ascending
 */
public record Histogram(@JsonValue List<Bucket> buckets) {
  /** Nothing measured. */
  public static final Histogram EMPTY = new Histogram(List.of());

  /**
   * A bucket.
   *
   * @param leMs its upper bound in milliseconds, inclusive
   * @param count how many latencies fell into it
   */
  @JsonFormat(shape = JsonFormat.Shape.ARRAY)
  public record Bucket(double leMs, long count) {}

  @JsonCreator
  public Histogram {
    buckets = List.copyOf(buckets);
  }

  /** How many latencies were measured. */
  public long count() {
    return buckets.stream().mapToLong(Bucket::count).sum();
  }

  /** How many were slower than the limit; exact if the limit has at most two significant digits. */
  public long slowerThan(double limitMs) {
    return buckets.stream().filter(b -> b.leMs() > limitMs).mapToLong(Bucket::count).sum();
  }

  /**
   * The upper bound, in milliseconds, of the bucket that holds the quantile (nearest rank); 0 if
   * nothing was measured.
   *
   * @param quantile 0 to 1, 0.99 for p99
   */
  public double quantileMs(double quantile) {
    long rank = (long) Math.ceil(quantile * count());
    long seen = 0;
    for (Bucket bucket : buckets) {
      seen += bucket.count();
      if (seen >= rank) {
        return bucket.leMs();
      }
    }
    return 0;
  }
}
