package dev.slipway.app.detectors.secrets;

import java.util.Arrays;
import java.util.Optional;

/**
 * A text in which string literals that the program puts together stand together: {@code "ab" +
 * "cd"} becomes {@code "abcd"}, also over lines. Positions lead back to the original.
 */
final class Joined {
  private static final int GAP_MAX = 200;
  private static final String PREFIXES = "bBrRuUfF@$";

  private final String text;
  private final int[] pieceStarts;
  private final int[] originals;

  private Joined(String text, int[] pieceStarts, int[] originals) {
    this.text = text;
    this.pieceStarts = pieceStarts;
    this.originals = originals;
  }

  /**
   * The text with its literals joined; empty if there is nothing to join.
   *
   * @param operators the characters that may stand between two literals that belong together
   */
  static Optional<Joined> of(String original, String operators) {
    StringBuilder text = new StringBuilder();
    int[] pieces = new int[16];
    int[] origins = new int[16];
    int count = 1;
    int from = 0;
    int at = 0;
    while (at < original.length()) {
      int next = junction(original, at, operators);
      if (next > at) {
        text.append(original, from, at);
        if (count == pieces.length) {
          pieces = Arrays.copyOf(pieces, count * 2);
          origins = Arrays.copyOf(origins, count * 2);
        }
        pieces[count] = text.length();
        origins[count++] = next;
        from = next;
        at = next;
      } else {
        at++;
      }
    }
    if (count == 1) {
      return Optional.empty();
    }
    text.append(original, from, original.length());
    return Optional.of(
        new Joined(text.toString(), Arrays.copyOf(pieces, count), Arrays.copyOf(origins, count)));
  }

  String text() {
    return text;
  }

  /** Where in the original the character at this position stands. */
  int original(int position) {
    int found = Arrays.binarySearch(pieceStarts, position);
    int piece = found >= 0 ? found : -found - 2;
    return originals[piece] + position - pieceStarts[piece];
  }

  /** Where the text goes on if a literal ends here and another follows; else this position. */
  private static int junction(String text, int at, String operators) {
    char c = text.charAt(at);
    if (c == '\\' && at + 1 < text.length() && text.charAt(at + 1) == '\n') {
      return skipSpace(text, at + 1, at + GAP_MAX);
    }
    if (c != '"' && c != '\'' && c != '`') {
      return at;
    }
    int end = skipSpace(text, at + 1, at + GAP_MAX);
    int operatorEnd = end;
    while (operatorEnd < text.length()
        && operatorEnd - end < 2
        && operators.indexOf(text.charAt(operatorEnd)) >= 0) {
      operatorEnd++;
    }
    boolean adjacent = operatorEnd == end;
    end = skipSpace(text, operatorEnd, at + GAP_MAX);
    if (end < text.length() && PREFIXES.indexOf(text.charAt(end)) >= 0) {
      end++;
    }
    boolean literal = end < text.length() && text.charAt(end) == c;
    // Two quotes side by side are an empty or a tripled literal, not two literals.
    return literal && !(adjacent && end == at + 1) ? end + 1 : at;
  }

  private static int skipSpace(String text, int start, int limit) {
    int at = start;
    while (at < text.length() && at < limit && Character.isWhitespace(text.charAt(at))) {
      at++;
    }
    return at;
  }
}
