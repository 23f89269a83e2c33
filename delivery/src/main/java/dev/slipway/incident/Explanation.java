package dev.slipway.incident;

import java.util.List;

/**
 * What a model answers when it is asked for a cause. Nothing in it is believed: code looks for its
 * lines in the diff, and what is left is a hypothesis.
 *
 * @param cause how the change came to do what was seen
 * @param check what would confirm or refute it
 */
record Explanation(String cause, String check, List<Line> lines) {
  private static final int LINES_MAX = 20;

  /**
   * A changed line.
   *
   * @param quote a part of it
   */
  record Line(String file, int line, String quote) {}

  Explanation {
    lines = List.copyOf(lines);
    if (cause.isBlank() || lines.isEmpty() || lines.size() > LINES_MAX) {
      throw new IllegalArgumentException(
          "a cause is said in words, and names 1 to " + LINES_MAX + " changed lines");
    }
  }
}
