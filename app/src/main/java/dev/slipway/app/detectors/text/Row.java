package dev.slipway.app.detectors.text;

/**
 * A line of a changed file, or a stretch of a line that is too long to be looked at in one piece.
 *
 * @param number line number from 1 in the candidate; in the base for a deleted line
 * @param text the line without terminator
 * @param code the line with comments blanked out, of the same length
 * @param state what the change does to it
 */
public record Row(int number, String text, String code, State state) {
  /** What a change does to a line. */
  public enum State {
    KEPT,
    ADDED,
    DELETED
  }

  public boolean isAdded() {
    return state == State.ADDED;
  }

  /** How deep the line is indented: blanks before the first other character. */
  public int indent() {
    int at = 0;
    while (at < text.length() && (text.charAt(at) == ' ' || text.charAt(at) == '\t')) {
      at++;
    }
    return at;
  }
}
