package dev.slipway.app.detectors.text;

/**
 * A text with each character known as code, string or comment. A hunk may begin anywhere, so the
 * first line's state is guessed: a block that is closed before it is opened began earlier.
 */
public final class Lexed {
  /** What a character is part of. */
  public enum Part {
    CODE,
    STRING,
    COMMENT
  }

  /** Code is 0, which an array holds before anything is marked. */
  private static final byte STRING = 1;

  private static final byte COMMENT = 2;

  private final String text;
  private final Syntax syntax;
  private final byte[] parts;

  private Lexed(String text, Syntax syntax) {
    this.text = text;
    this.syntax = syntax;
    this.parts = new byte[text.length()];
  }

  /** Reads the text once, from left to right. */
  public static Lexed of(String text, Syntax syntax) {
    Lexed lexed = new Lexed(text, syntax);
    int at = lexed.tailOfEarlierComment();
    while (at < text.length()) {
      at = lexed.next(at);
    }
    return lexed;
  }

  /** What the character at this position is part of. */
  public Part at(int position) {
    return switch (parts[position]) {
      case STRING -> Part.STRING;
      case COMMENT -> Part.COMMENT;
      default -> Part.CODE;
    };
  }

  private int tailOfEarlierComment() {
    if (syntax.blockOpen().isEmpty()) {
      return 0;
    }
    int close = text.indexOf(syntax.blockClose());
    int open = text.indexOf(syntax.blockOpen());
    if (close >= 0 && (open < 0 || close < open)) {
      return mark(0, close + syntax.blockClose().length(), COMMENT);
    }
    return 0;
  }

  private int next(int at) {
    char c = text.charAt(at);
    if (!syntax.blockOpen().isEmpty() && text.startsWith(syntax.blockOpen(), at)) {
      int open = at + syntax.blockOpen().length();
      return mark(at, endOf(syntax.blockClose(), open), COMMENT);
    }
    for (String start : syntax.lineComments()) {
      if (text.startsWith(start, at) && startsComment(start, at)) {
        return mark(at, lineEnd(at), COMMENT);
      }
    }
    if (c == '*' && syntax.blockOpen().equals("/*") && isFirstInLine(at)) {
      return mark(at, lineEnd(at), COMMENT);
    }
    for (String quote : syntax.longQuotes()) {
      if (text.startsWith(quote, at)) {
        // Text that stands alone, as Python writes its documentation, is a comment.
        byte part = quote.length() == 3 && isFirstInLine(at) ? COMMENT : STRING;
        return mark(at, endOfString(quote, at + quote.length()), part);
      }
    }
    if (syntax.quotes().indexOf(c) >= 0 && !isApostrophe(at)) {
      return mark(at, endOfShortString(c, at + 1), STRING);
    }
    return at + 1;
  }

  /** A hash inside a word or a colour, and the slashes of an address, start no comment. */
  private boolean startsComment(String start, int at) {
    if (at == 0) {
      return true;
    }
    char before = text.charAt(at - 1);
    return switch (start) {
      case "//" -> before != ':';
      case "--" -> before != '-';
      case "!" -> isFirstInLine(at);
      default -> Character.isWhitespace(before) || before == ';' || before == '{';
    };
  }

  private boolean isApostrophe(int at) {
    return text.charAt(at) == '\''
        && at > 0
        && Character.isLetterOrDigit(text.charAt(at - 1))
        && at + 1 < text.length()
        && Character.isLetterOrDigit(text.charAt(at + 1));
  }

  private boolean isFirstInLine(int at) {
    int before = at - 1;
    while (before >= 0 && (text.charAt(before) == ' ' || text.charAt(before) == '\t')) {
      before--;
    }
    return before < 0 || text.charAt(before) == '\n';
  }

  private int lineEnd(int at) {
    int end = text.indexOf('\n', at);
    return end < 0 ? text.length() : end;
  }

  private int endOf(String close, int from) {
    int end = text.indexOf(close, from);
    return end < 0 ? text.length() : end + close.length();
  }

  private int endOfString(String quote, int from) {
    int end = from;
    while (end < text.length() && !text.startsWith(quote, end)) {
      end += text.charAt(end) == '\\' ? 2 : 1;
    }
    return Math.min(text.length(), end + quote.length());
  }

  private int endOfShortString(char quote, int from) {
    int end = from;
    while (end < text.length() && text.charAt(end) != quote && text.charAt(end) != '\n') {
      end +=
          text.charAt(end) == '\\' && end + 1 < text.length() && text.charAt(end + 1) != '\n'
              ? 2
              : 1;
    }
    return Math.min(
        text.length(), end < text.length() && text.charAt(end) == quote ? end + 1 : end);
  }

  private int mark(int from, int to, byte part) {
    int end = Math.max(from + 1, Math.min(to, text.length()));
    java.util.Arrays.fill(parts, from, Math.min(end, text.length()), part);
    return end;
  }
}
