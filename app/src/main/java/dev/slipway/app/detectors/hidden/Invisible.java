package dev.slipway.app.detectors.hidden;

import java.lang.Character.UnicodeScript;
import java.util.EnumSet;
import java.util.Set;

/** Which characters show nothing, and where writing needs them. */
final class Invisible {
  private static final int ZERO_WIDTH_NON_JOINER = 0x200C;
  private static final int ZERO_WIDTH_JOINER = 0x200D;
  private static final int BLACK_FLAG = 0x1F3F4;
  private static final int TAG_END = 0xE007F;

  /** Scripts whose letters are joined and parted by the two zero-width joiners. */
  private static final Set<UnicodeScript> JOINING =
      EnumSet.of(
          UnicodeScript.ARABIC,
          UnicodeScript.SYRIAC,
          UnicodeScript.MONGOLIAN,
          UnicodeScript.NKO,
          UnicodeScript.DEVANAGARI,
          UnicodeScript.BENGALI,
          UnicodeScript.GURMUKHI,
          UnicodeScript.GUJARATI,
          UnicodeScript.ORIYA,
          UnicodeScript.TAMIL,
          UnicodeScript.TELUGU,
          UnicodeScript.KANNADA,
          UnicodeScript.MALAYALAM,
          UnicodeScript.SINHALA,
          UnicodeScript.TIBETAN,
          UnicodeScript.MYANMAR,
          UnicodeScript.KHMER,
          UnicodeScript.THAI,
          UnicodeScript.LAO,
          UnicodeScript.JAVANESE,
          UnicodeScript.BALINESE,
          UnicodeScript.HEBREW);

  /** Scripts that write words without spaces and mark where a line may break. */
  private static final Set<UnicodeScript> UNSPACED =
      EnumSet.of(
          UnicodeScript.THAI,
          UnicodeScript.LAO,
          UnicodeScript.KHMER,
          UnicodeScript.MYANMAR,
          UnicodeScript.TIBETAN,
          UnicodeScript.HAN,
          UnicodeScript.HIRAGANA,
          UnicodeScript.KATAKANA,
          UnicodeScript.HANGUL);

  private Invisible() {}

  /** A character that overrides, embeds or isolates the direction of what follows. */
  static boolean isBidiControl(int point) {
    return (point >= 0x202A && point <= 0x202E) || (point >= 0x2066 && point <= 0x2069);
  }

  /** An invisible character with a direction. */
  static boolean isBidiMark(int point) {
    return point == 0x200E || point == 0x200F || point == 0x061C;
  }

  static boolean isZeroWidth(int point) {
    return (point >= 0x200B && point <= 0x200D)
        || (point >= 0x2060 && point <= 0x2064)
        || (point >= 0x206A && point <= 0x206F)
        || point == 0xFEFF
        || point == 0x180E
        || point == 0x034F
        || isFiller(point);
  }

  /** A letter, for compilers, that shows nothing: it can be a name. */
  private static boolean isFiller(int point) {
    return point == 0x115F
        || point == 0x1160
        || point == 0x3164
        || point == 0xFFA0
        || point == 0x17B4
        || point == 0x17B5;
  }

  static boolean isTag(int point) {
    return point >= 0xE0000 && point <= 0xE007F;
  }

  static boolean isVariationSelector(int point) {
    return (point >= 0xFE00 && point <= 0xFE0F)
        || (point >= 0xE0100 && point <= 0xE01EF)
        || (point >= 0x180B && point <= 0x180D);
  }

  static boolean isControl(int point) {
    return point == 0x00
        || point == 0x08
        || point == 0x1B
        || point == 0x7F
        || (point >= 0x80 && point <= 0x9F && point != 0x85);
  }

  /** Whether an emoji or a script that needs it explains a zero-width character here. */
  static boolean isNeeded(int point, int before, int after) {
    if (point == ZERO_WIDTH_JOINER && isEmoji(before) && isEmoji(after)) {
      return true;
    }
    if (point == ZERO_WIDTH_JOINER || point == ZERO_WIDTH_NON_JOINER) {
      return isOf(JOINING, before);
    }
    if (point == 0x200B || point == 0x2060) {
      return isOf(UNSPACED, before) || isOf(UNSPACED, after);
    }
    return false;
  }

  /** Whether a variation selector has something before it that it can vary. */
  static boolean varies(int point, int before) {
    if (point >= 0x180B && point <= 0x180D) {
      return script(before) == UnicodeScript.MONGOLIAN;
    }
    if (point >= 0xE0100) {
      return script(before) == UnicodeScript.HAN;
    }
    boolean keycap = (before >= '0' && before <= '9') || before == '#' || before == '*';
    return isSymbol(before)
        || (point <= 0xFE02 && script(before) == UnicodeScript.HAN)
        || (point >= 0xFE0E && keycap);
  }

  /** How many characters the flag of a region takes that begins here; 0 if none does. */
  static int regionFlag(int[] points, int at) {
    if (points[at] != BLACK_FLAG) {
      return 0;
    }
    int end = at + 1;
    while (end < points.length && isRegionTag(points[end])) {
      end++;
    }
    boolean ended = end < points.length && points[end] == TAG_END;
    int letters = end - at - 1;
    return ended && letters >= 3 && letters <= 6 ? letters + 2 : 0;
  }

  private static boolean isRegionTag(int point) {
    int ascii = point - 0xE0000;
    return (ascii >= 'a' && ascii <= 'z') || (ascii >= '0' && ascii <= '9');
  }

  private static boolean isEmoji(int point) {
    return point > 127
        && (Character.isEmoji(point)
            || Character.isEmojiModifier(point)
            || Character.isEmojiComponent(point)
            || point == 0xFE0F);
  }

  private static boolean isSymbol(int point) {
    return point > 127
        && (Character.isEmoji(point)
            || Character.getType(point) == Character.OTHER_SYMBOL
            || Character.getType(point) == Character.MATH_SYMBOL
            || Character.getType(point) == Character.MODIFIER_SYMBOL
            || (point >= 0x2000 && point <= 0x33FF));
  }

  private static boolean isOf(Set<UnicodeScript> scripts, int point) {
    return point > 0 && (scripts.contains(script(point)) || isMarkOf(point));
  }

  private static boolean isMarkOf(int point) {
    // Vowel signs and viramas are of their own script; only these two are shared by several.
    return point == 0x0964 || point == 0x0965;
  }

  private static UnicodeScript script(int point) {
    return Character.isValidCodePoint(point) ? UnicodeScript.of(point) : UnicodeScript.UNKNOWN;
  }
}
