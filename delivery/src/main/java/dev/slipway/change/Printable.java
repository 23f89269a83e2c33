package dev.slipway.change;

/** Text from outside, made safe to show: control characters and newlines become visible escapes. */
public final class Printable {
  private static final int LENGTH_MAX = 500;

  private Printable() {}

  /**
   * The text on one line without control, bidi or unassigned characters; cut after 500 characters.
   */
  public static String of(String text) {
    StringBuilder out = new StringBuilder(Math.min(text.length(), LENGTH_MAX) + 16);
    text.codePoints().limit(LENGTH_MAX).forEach(point -> append(out, point));
    if (text.codePointCount(0, text.length()) > LENGTH_MAX) {
      out.append('…');
    }
    return out.toString();
  }

  private static void append(StringBuilder out, int point) {
    switch (Character.getType(point)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.UNASSIGNED,
          Character.PRIVATE_USE,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          out.append(String.format("\\u{%x}", point));
      default -> out.appendCodePoint(point);
    }
  }
}
