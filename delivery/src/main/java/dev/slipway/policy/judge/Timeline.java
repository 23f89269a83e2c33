package dev.slipway.policy.judge;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * The window of a recording: both arms in steps of equal length, from the canary's first sign on.
 * Rows with impossible numbers do not count.
 *
 * @param ticks in order of time; steps in which neither arm has a row are left out
 * @param rows the rows that count, in order of time
 * @param impossible how many rows were left out for impossible numbers
 */
record Timeline(
    Instant start, Instant end, Duration step, List<Tick> ticks, List<Row> rows, int impossible) {
  /** Steps per window at most; more rows than that are taken together. */
  private static final int STEPS = 240;

  static Timeline of(Recording recording, Duration window) {
    Instant start = recording.start();
    Instant end = start.plus(window);
    List<Row> rows = new ArrayList<>(recording.rows().size());
    int impossible = 0;
    for (Row row : recording.rows()) {
      if (!row.time().isBefore(start) && row.time().isBefore(end)) {
        if (row.impossible()) {
          impossible++;
        } else {
          rows.add(row);
        }
      }
    }
    long spacing = Math.min(recording.spacingMillis(), window.toMillis() / 5);
    Duration step = Duration.ofMillis(Math.max(1, Math.max(spacing, window.toMillis() / STEPS)));
    List<Tick> ticks = ticks(rows, start, step, recording.quantiles().size());
    return new Timeline(start, end, step, ticks, rows, impossible);
  }

  private static List<Tick> ticks(List<Row> rows, Instant start, Duration step, int quantiles) {
    List<Tick> ticks = new ArrayList<>();
    long startMillis = start.toEpochMilli();
    long stepMillis = step.toMillis();
    int from = 0;
    long current = 0;
    for (int i = 0; i < rows.size(); i++) {
      long number = number(rows.get(i).time().toEpochMilli() - startMillis, stepMillis);
      if (i > from && number != current) {
        ticks.add(
            tick(rows.subList(from, i), start.plus(step.multipliedBy(current)), step, quantiles));
        from = i;
      }
      current = number;
    }
    if (from < rows.size()) {
      ticks.add(
          tick(
              rows.subList(from, rows.size()),
              start.plus(step.multipliedBy(current)),
              step,
              quantiles));
    }
    return ticks;
  }

  /**
   * Which step a time is in; steps are centred, so that a little jitter moves no row to another.
   */
  private static long number(long millis, long step) {
    return Math.floorDiv(2 * millis + step, 2 * step);
  }

  private static Tick tick(List<Row> rows, Instant from, Duration step, int quantiles) {
    List<Row> canary = new ArrayList<>(rows.size());
    List<Row> baseline = new ArrayList<>(rows.size());
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
