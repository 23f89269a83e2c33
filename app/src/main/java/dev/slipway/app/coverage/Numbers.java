package dev.slipway.app.coverage;

/** Numbers of reports, which tools and attackers write in many ways (T3). */
final class Numbers {
  private static final int LINE_MAX = 10_000_000;

  private Numbers() {}

  /**
   * Whether a count is at least one. What is not a finite number greater than zero (NaN, negative,
   * with a comma) proves no execution.
   */
  static boolean isPositive(String count) {
    String text = count.strip();
    if (text.isEmpty() || text.length() > 40) {
      return false;
    }
    try {
      double value = Double.parseDouble(text);
      return value > 0 && Double.isFinite(value);
    } catch (NumberFormatException e) {
      return false;
    }
  }

  /** A line number; 0 or less stands for no line. */
  static int line(String text, String place) throws Malformed {
    int line;
    try {
      line = Integer.parseInt(text.strip());
    } catch (NumberFormatException e) {
      throw new Malformed("'" + text + "' is not a line number" + place);
    }
    if (line > LINE_MAX) {
      throw new Malformed("line " + line + " is beyond any file" + place);
    }
    return line;
  }
}
