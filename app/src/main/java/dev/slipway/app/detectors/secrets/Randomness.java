package dev.slipway.app.detectors.secrets;

/** How random a value looks. */
final class Randomness {
  private Randomness() {}

  /** Shannon entropy in bits per character of the value's own character counts. */
  static double bitsPerCharacter(String value) {
    int[] counts = new int[128];
    for (int i = 0; i < value.length(); i++) {
      counts[value.charAt(i) & 127]++;
    }
    double bits = 0;
    for (int count : counts) {
      if (count > 0) {
        double share = (double) count / value.length();
        bits -= share * Math.log(share) / Math.log(2);
      }
    }
    return bits;
  }

  /** How many of the classes lower case, upper case, digit, other the value has. */
  static int classes(String value) {
    int seen = 0;
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      seen |= c >= 'a' && c <= 'z' ? 1 : c >= 'A' && c <= 'Z' ? 2 : c >= '0' && c <= '9' ? 4 : 8;
    }
    return Integer.bitCount(seen);
  }

  /**
   * The share of the value that reads as words: runs of at least three letters of one case (the
   * first may be upper) with a vowel and without four consonants in a row.
   */
  static double wordShare(String value) {
    int inWords = 0;
    int at = 0;
    while (at < value.length()) {
      int end = at;
      while (end < value.length() && continuesWord(value, at, end)) {
        end++;
      }
      if (end - at >= 3 && isPronounceable(value, at, end)) {
        inWords += end - at;
      }
      at = Math.max(end, at + 1);
    }
    return value.isEmpty() ? 0 : (double) inWords / value.length();
  }

  private static boolean continuesWord(String value, int start, int at) {
    char c = value.charAt(at);
    if (!isLetter(c)) {
      return false;
    }
    // A camel-case hump: lower letters after any first letter, or all upper.
    return at == start || isLower(c) || (!isLower(value.charAt(at - 1)) && !isLower(c));
  }

  private static boolean isPronounceable(String value, int start, int end) {
    int consonants = 0;
    int vowels = 0;
    for (int i = start; i < end; i++) {
      if ("aeiouyAEIOUY".indexOf(value.charAt(i)) >= 0) {
        vowels++;
        consonants = 0;
      } else if (++consonants > 4) {
        return false;
      }
    }
    return vowels > 0 && vowels * 6 >= end - start;
  }

  private static boolean isLower(char c) {
    return c >= 'a' && c <= 'z';
  }

  private static boolean isLetter(char c) {
    return isLower(c) || (c >= 'A' && c <= 'Z');
  }
}
