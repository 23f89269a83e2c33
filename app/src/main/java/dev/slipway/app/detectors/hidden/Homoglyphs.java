package dev.slipway.app.detectors.hidden;

import java.lang.Character.UnicodeScript;

/**
 * Words that mix Latin letters with letters of other scripts that look like Latin ones, after the
 * confusables of Unicode Technical Standard 39. Greek is mixed in formulas ({@code Δx}, {@code
 * µs}), so of Greek only letters that no formula uses as symbols count.
 */
final class Homoglyphs {
  /** Cyrillic, Armenian and others that look like Latin letters. */
  private static final String LOOK_ALIKES =
      "\u0430\u0435\u043e\u0440\u0441\u0443\u0445\u0456\u0455\u0458\u04bb\u0501\u051b\u051d\u04cf"
          + "\u0432\u043a\u043c\u043d\u0442\u0433\u0437\u0475\u04af\u0261"
          + "\u0410\u0412\u0415\u041a\u041c\u041d\u041e\u0420\u0421\u0422\u0425\u0423\u0406\u0405"
          + "\u0408\u0417\u0474\u04c0\u04ae\u0500\u051a\u051c\u0550\u0555\u054f\u054d\u0548\u053c"
          + "\u0570\u0578\u057d\u0585\u0566\u0561\u057c\u0581"
          + "\u03bf\u0391\u0392\u0395\u0396\u0397\u0399\u039a\u039c\u039d\u039f\u03a1\u03a4\u03a5"
          + "\u03a7\u03f2\u03f3";

  private Homoglyphs() {}

  /** What is strange about a word. */
  enum Verdict {
    NONE,
    /** Latin letters and look-alikes of another script in one word. */
    MIXED,
    /** A word of another script that reads as a Latin one throughout. */
    WHOLE,
    /** Letters that compatibility normalisation turns into plain Latin ones. */
    STYLED
  }

  static Verdict of(String word) {
    int latin = 0;
    int alike = 0;
    int other = 0;
    int styled = 0;
    for (int i = 0; i < word.length(); ) {
      int point = word.codePointAt(i);
      i += Character.charCount(point);
      if (isStyled(point)) {
        styled++;
      } else if (LOOK_ALIKES.indexOf(point) >= 0) {
        alike++;
      } else if (UnicodeScript.of(point) == UnicodeScript.LATIN) {
        latin++;
      } else if (Character.isLetter(point)) {
        other++;
      }
    }
    if (styled > 0) {
      return Verdict.STYLED;
    }
    if (other > 0 || alike == 0) {
      return Verdict.NONE;
    }
    return latin > 0 ? Verdict.MIXED : alike >= 3 ? Verdict.WHOLE : Verdict.NONE;
  }

  /**
   * Whether the look-alikes pass for Latin letters of the word: one alone, or on both sides. A
   * Latin word with an ending of another script, as some languages inflect names, is not.
   */
  static boolean isInterleaved(String word) {
    int alike = 0;
    int switches = 0;
    boolean before = false;
    for (int i = 0; i < word.length(); i++) {
      boolean now = LOOK_ALIKES.indexOf(word.charAt(i)) >= 0;
      alike += now ? 1 : 0;
      switches += i > 0 && now != before ? 1 : 0;
      before = now;
    }
    return alike == 1 || switches > 1;
  }

  /** Full-width and mathematical letters. */
  private static boolean isStyled(int point) {
    return (point >= 0xFF21 && point <= 0xFF3A)
        || (point >= 0xFF41 && point <= 0xFF5A)
        || (point >= 0x1D400 && point <= 0x1D6A5);
  }
}
