package dev.slipway.incident;

import java.util.List;

/**
 * The changed lines by how much speaks for each. It is evidence, not proof.
 *
 * @param symptoms what they were ranked for: slower, failing
 * @param lines how many changed lines were looked at
 * @param suspects those that something speaks for, the most suspected first, at most 10
 */
public record Ranking(List<String> symptoms, int lines, List<Suspect> suspects) {
  public Ranking {
    symptoms = List.copyOf(symptoms);
    suspects = List.copyOf(suspects);
  }

  /**
   * A line.
   *
   * @param line its number in the candidate; for one that was removed, of the line that follows
   * @param text what stands there, or that it is withheld
   * @param score the sum of what speaks for it; only its order means anything
   * @param reasons what speaks for it
   */
  public record Suspect(
      String file, int line, Side side, String text, double score, List<String> reasons) {
    public Suspect {
      reasons = List.copyOf(reasons);
    }
  }

  /** Whether a line came or went. */
  public enum Side {
    ADDED,
    REMOVED
  }
}
