package dev.slipway.policy.judge;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A rollout as it was recorded.
 *
 * @param quantiles which latency quantiles the rows hold, each between 0 and 1
 * @param rows at least one; in order of time, in whatever order they were given, and those said
 *     twice only once
 */
public record Recording(List<Double> quantiles, List<Row> rows) {
  private static final Comparator<Row> ORDER =
      Comparator.comparing(Row::time)
          .thenComparing(Row::arm)
          .thenComparing(Row::instance)
          .thenComparingDouble(Row::requests)
          .thenComparingDouble(Row::errors)
          .thenComparingDouble(Row::errorRate)
          .thenComparing(row -> row.latencies().toString());

  public Recording {
    quantiles = List.copyOf(quantiles);
    rows = inOrder(rows);
    if (rows.isEmpty()) {
      throw new IllegalArgumentException("a recording has at least one row");
    }
    for (double quantile : quantiles) {
      if (!(quantile > 0 && quantile < 1)) {
        throw new IllegalArgumentException(quantile + " is not a quantile between 0 and 1");
      }
    }
  }

  private static List<Row> inOrder(List<Row> rows) {
    List<Row> sorted = new ArrayList<>(rows);
    sorted.sort(ORDER);
    List<Row> once = new ArrayList<>(sorted.size());
    for (Row row : sorted) {
      if (once.isEmpty() || !once.getLast().equals(row)) {
        once.add(row);
      }
    }
    return List.copyOf(once);
  }

  /** When the canary first showed anything; empty if it never did. */
  public Optional<Instant> canaryStart() {
    for (Row row : rows) {
      if (row.arm() == Arm.CANARY && row.telling()) {
        return Optional.of(row.time());
      }
    }
    return Optional.empty();
  }

  /** The canary's first sign, or the first row if there is none. */
  Instant start() {
    return canaryStart().orElseGet(() -> rows.getFirst().time());
  }

  /**
   * How long the recording lasts from the canary's first sign on, the last row's own interval
   * included: the window, where none is given.
   */
  public Duration span() {
    long millis = Duration.between(start(), rows.getLast().time()).toMillis() + spacingMillis();
    return Duration.ofMillis(Math.max(1_000, millis));
  }

  /**
   * The window where none is given: as long as the recording, and at least half of the usual one.
   */
  public Duration window(Duration usual) {
    Duration least = usual.dividedBy(2);
    return span().compareTo(least) < 0 ? least : span();
  }

  /**
   * The usual time between two rows of one instance, of the arm that has fewer, in milliseconds.
   */
  long spacingMillis() {
    return Math.max(spacingMillis(Arm.CANARY), spacingMillis(Arm.BASELINE));
  }

  private long spacingMillis(Arm arm) {
    long[] gaps = new long[rows.size()];
    int count = 0;
    Map<String, Long> lastOf = new HashMap<>();
    for (Row row : rows) {
      if (row.arm() == arm) {
        long time = row.time().toEpochMilli();
        Long before = lastOf.put(row.instance(), time);
        if (before != null && time > before) {
          gaps[count++] = time - before;
        }
      }
    }
    return usual(Arrays.copyOf(gaps, count));
  }

  /** The mean of those gaps that are like the middle one: where rows jitter, one is not enough. */
  private static long usual(long[] gaps) {
    Arrays.sort(gaps);
    double middle = gaps.length == 0 ? 0 : gaps[gaps.length / 2];
    return Math.round(
        Arrays.stream(gaps)
            .filter(gap -> gap >= 0.5 * middle && gap <= 1.5 * middle)
            .average()
            .orElse(0));
  }
}
