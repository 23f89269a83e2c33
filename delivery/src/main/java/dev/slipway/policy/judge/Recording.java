package dev.slipway.policy.judge;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * A rollout as it was recorded, in any order.
 *
 * @param quantiles which latency quantiles the rows hold, each between 0 and 1
 * @param rows at least one
 */
public record Recording(List<Double> quantiles, List<Row> rows) {
  public Recording {
    quantiles = List.copyOf(quantiles);
    rows = List.copyOf(rows);
    if (rows.isEmpty()) {
      throw new IllegalArgumentException("a recording has at least one row");
    }
    for (double quantile : quantiles) {
      if (!(quantile > 0 && quantile < 1)) {
        throw new IllegalArgumentException(quantile + " is not a quantile between 0 and 1");
      }
    }
  }

  /** When the canary first showed anything; empty if it never did. */
  public Optional<Instant> canaryStart() {
    return rows.stream()
        .filter(row -> row.arm() == Arm.CANARY && row.telling())
        .map(Row::time)
        .min(Instant::compareTo);
  }

  /**
   * How long the recording lasts from the canary's first sign on, the last row's own interval
   * included: the window, where none is given.
   */
  public Duration span() {
    Instant start = canaryStart().orElseGet(() -> rows.getFirst().time());
    Instant end = rows.stream().map(Row::time).max(Instant::compareTo).orElse(start);
    long millis = Duration.between(start, end).toMillis() + spacingMillis();
    return Duration.ofMillis(Math.max(1_000, millis));
  }

  /** The usual time between two rows of the arm that has fewer, in milliseconds. */
  long spacingMillis() {
    return Math.max(spacingMillis(Arm.CANARY), spacingMillis(Arm.BASELINE));
  }

  private long spacingMillis(Arm arm) {
    long[] times =
        rows.stream()
            .filter(row -> row.arm() == arm)
            .mapToLong(row -> row.time().toEpochMilli())
            .sorted()
            .distinct()
            .toArray();
    if (times.length < 2) {
      return 0;
    }
    long[] gaps = new long[times.length - 1];
    for (int i = 0; i < gaps.length; i++) {
      gaps[i] = times[i + 1] - times[i];
    }
    Arrays.sort(gaps);
    return gaps[gaps.length / 2];
  }
}
