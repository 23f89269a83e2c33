package dev.slipway.policy.judge;

import dev.slipway.policy.Verdict;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.IntSupplier;
import java.util.function.Supplier;

/** A metric of a recording that has one number per row and not the requests behind it. */
final class RowMetric implements Metric {
  /** How the metric shows itself, in its own unit. */
  record Face(
      String name,
      Supplier<String> sentence,
      Supplier<OptionalDouble> canary,
      Supplier<OptionalDouble> baseline,
      Supplier<OptionalDouble> limit) {}

  private final Face face;
  private final Blame blame;
  private final IntSupplier rows;
  private final int rowsNeeded;
  private final Supplier<Verdict> withoutRows;

  /**
   * @param rows how many rows were judged
   * @param rowsNeeded how many a pass needs
   * @param withoutRows the verdict if there are none
   */
  RowMetric(
      Face face, Blame blame, IntSupplier rows, int rowsNeeded, Supplier<Verdict> withoutRows) {
    this.face = face;
    this.blame = blame;
    this.rows = rows;
    this.rowsNeeded = rowsNeeded;
    this.withoutRows = withoutRows;
  }

  @Override
  public String name() {
    return face.name();
  }

  @Override
  public Optional<Instant> failedAt() {
    return blame.brokenAt();
  }

  @Override
  public Optional<Instant> sharedSince() {
    return blame.sharedSince();
  }

  @Override
  public Verdict verdict(Phase phase) {
    if (blame.brokenAt().isPresent()) {
      return fail(sentence() + blame.onset());
    }
    if (blame.sharedSince().isPresent() || blame.baselineBroken() || blame.shared()) {
      return inconclusive(Rules.BASELINE_BAD, "The baseline itself is bad: " + sentence());
    }
    if (rows.getAsInt() == 0) {
      return withoutRows.get();
    }
    if (phase == Phase.OVER && rows.getAsInt() < rowsNeeded) {
      return inconclusive(
          Rules.TOO_LITTLE_TRAFFIC,
          "Only %d rows have a value for %s; %d are needed."
              .formatted(rows.getAsInt(), name(), rowsNeeded));
    }
    if (phase == Phase.OVER && blame.suspicious()) {
      return suspicious(blame.onset());
    }
    if (phase == Phase.OVER && blame.rises()) {
      return rising();
    }
    return holds(phase);
  }

  @Override
  public String sentence() {
    return face.sentence().get();
  }

  @Override
  public OptionalDouble canary() {
    return face.canary().get();
  }

  @Override
  public OptionalDouble baseline() {
    return face.baseline().get();
  }

  @Override
  public OptionalDouble limit() {
    return face.limit().get();
  }
}
