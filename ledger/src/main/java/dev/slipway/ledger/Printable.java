package dev.slipway.ledger;

/** Text from outside, made harmless for a message: no line breaks, no terminal escapes, bounded. */
final class Printable {
  private static final int MAX_CHARS = 200;

  private Printable() {}

  static String of(String text) {
    StringBuilder out = new StringBuilder();
    text.codePoints().limit(MAX_CHARS).forEach(c -> append(out, c));
    return text.codePointCount(0, text.length()) > MAX_CHARS ? out + "…" : out.toString();
  }

  private static void append(StringBuilder out, int c) {
    switch (Character.getType(c)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.PRIVATE_USE,
          Character.UNASSIGNED,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          out.append("\\u{").append(Integer.toHexString(c)).append('}');
      default -> out.appendCodePoint(c);
    }
  }
}
