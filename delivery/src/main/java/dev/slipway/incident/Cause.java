package dev.slipway.incident;

import java.util.List;

/** What is held for the cause. Code ranks evidence; only a model forms a hypothesis. */
public sealed interface Cause {
  /** There is no hypothesis, and why: the ranked evidence stands alone. */
  record RankedEvidence(String why) implements Cause {}

  /** A model is being asked; until it answers, the ranked evidence stands alone. */
  record Asked(String model) implements Cause {}

  /**
   * What a model holds for the cause. Nobody has proven it.
   *
   * @param check what would confirm or refute it
   * @param lines the changed lines that it names; code has found each of them in the diff
   * @param dropped how many places it named that are not in the diff
   */
  record Hypothesis(String model, String text, String check, List<Place> lines, int dropped)
      implements Cause {
    public Hypothesis {
      lines = List.copyOf(lines);
    }
  }

  /** A line of the candidate; for one that was removed, the line that follows it. */
  record Place(String file, int line) {}
}
