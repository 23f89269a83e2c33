package dev.slipway.model;

import java.util.Locale;

/**
 * Text of several lines in which everything is visible: what a reader of the page would not see,
 * such as bidi controls, zero-width and tag characters, is written out as {@code ⟨U+202E⟩}.
 */
public final class VisibleText {
  private VisibleText() {}

  /** The text with everything hidden written out; line ends and tabs stay. */
  public static String of(String text) {
    StringBuilder out = new StringBuilder(text.length() + 16);
    text.codePoints()
        .forEach(
            point -> {
              if (point == '\n' || point == '\t' || !isHidden(point)) {
                out.appendCodePoint(point);
              } else {
                out.append(String.format(Locale.ROOT, "⟨U+%04X⟩", point));
              }
            });
    return out.toString();
  }

  private static boolean isHidden(int point) {
    return switch (Character.getType(point)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.UNASSIGNED,
          Character.PRIVATE_USE,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          true;
      default -> isBlankOrSelector(point);
    };
  }

  /** Fillers that are letters to Unicode and blank to the eye, and variation selectors. */
  private static boolean isBlankOrSelector(int point) {
    return point == 0x115F
        || point == 0x1160
        || point == 0x2800
        || point == 0x3164
        || point == 0xFFA0
        || (point >= 0xFE00 && point <= 0xFE0F)
        || (point >= 0xE0100 && point <= 0xE01EF);
  }
}
