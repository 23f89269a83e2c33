package dev.slipway.policy.judge;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * A recording brought into order: both arms in steps of equal length, from the canary's first sign
 * on, to the end of the window or of the recording. Rows said twice count once; rows with
 * impossible numbers do not count.
 *
 * @param ticks in order of time; steps in which neither arm has a row are left out
 * @param rows the rows that count, in order of time
 * @param impossible how many rows were left out for impossible numbers
 */
record Timeline(
    Instant start, Instant end, Duration step, List<Tick> ticks, List<Row> rows, int impossible) {
  /** Steps per window at most; more rows than that are taken together. */
  private static final int STEPS = 240;

  private static final Comparator<Row> ORDER =
      Comparator.comparing(Row::time)
          .thenComparing(Row::arm)
          .thenComparing(Row::instance)
          .thenComparingDouble(Row::requests)
          .thenComparingDouble(Row::errors)
          .thenComparingDouble(Row::errorRate)
          .thenComparing(row -> row.latencies().toString());

  static Timeline of(Recording recording, Duration window) {
    Instant start = recording.canaryStart().orElseGet(() -> first(recording.rows()));
    Instant end = start.plus(window);
    List<Row> sorted = new ArrayList<>(recording.rows());
    sorted.sort(ORDER);
    List<Row> rows = new ArrayList<>(sorted.size());
    int impossible = 0;
    Row before = null;
    for (Row row : sorted) {
      boolean inside = !row.time().isBefore(start) && row.time().isBefore(end);
      if (inside && !row.equals(before)) {
        if (row.impossible()) {
          impossible++;
        } else {
          rows.add(row);
        }
      }
      before = row;
    }
    long spacing = Math.min(recording.spacingMillis(), window.toMillis() / 5);
    Duration step = Duration.ofMillis(Math.max(1, Math.max(spacing, window.toMillis() / STEPS)));
    List<Tick> ticks = ticks(rows, start, step, recording.quantiles().size());
    return new Timeline(start, end, step, ticks, rows, impossible);
  }

  private static Instant first(List<Row> rows) {
    return rows.stream().map(Row::time).min(Instant::compareTo).orElseThrow();
  }

  private static List<Tick> ticks(List<Row> rows, Instant start, Duration step, int quantiles) {
    List<Tick> ticks = new ArrayList<>();
    int from = 0;
    while (from < rows.size()) {
      long number = number(rows.get(from), start, step);
      int to = from;
      while (to < rows.size() && number(rows.get(to), start, step) == number) {
        to++;
      }
      ticks.add(
          tick(rows.subList(from, to), start.plus(step.multipliedBy(number)), step, quantiles));
      from = to;
    }
    return ticks;
  }

  /** Which step a row is in; steps are centred, so that a little jitter moves no row to another. */
  private static long number(Row row, Instant start, Duration step) {
    long millis = row.time().toEpochMilli() - start.toEpochMilli();
    return Math.floorDiv(2 * millis + step.toMillis(), 2 * step.toMillis());
  }

  private static Tick tick(List<Row> rows, Instant from, Duration step, int quantiles) {
    List<Row> canary = new ArrayList<>();
    List<Row> baseline = new ArrayList<>();
    for (Row row : rows) {
      switch (row.arm()) {
        case CANARY -> canary.add(row);
        case BASELINE -> baseline.add(row);
      }
    }
    return new Tick(
        from,
        rows.getLast().time(),
        from.plus(step),
        new ArmTick(canary, quantiles),
        new ArmTick(baseline, quantiles));
  }

  /** How many steps the window has. */
  int steps() {
    return (int) Math.max(1, Duration.between(start, end).toMillis() / step.toMillis());
  }
}
