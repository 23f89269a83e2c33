package dev.slipway.app.detectors.code;

import dev.slipway.app.detectors.text.Lexed;
import dev.slipway.app.detectors.text.NewSide;
import dev.slipway.app.detectors.text.Syntax;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The new side of a file whose language is read by its words. */
final class Script {
  /** How far back a function's begin, or a name's value, is looked for. */
  private static final int LINES_MAX = 80;

  private static final int VALUE_MAX = 1_000;

  private final Dialect dialect;
  private final String text;
  private final Lexed lexed;

  Script(Dialect dialect, NewSide side) {
    this.dialect = dialect;
    this.text = side.text();
    this.lexed = Lexed.of(text, Syntax.of(side.path()));
  }

  Dialect dialect() {
    return dialect;
  }

  String text() {
    return text;
  }

  String text(int from, int to) {
    return text.substring(from, to);
  }

  boolean isString(int at) {
    return lexed.at(at) == Lexed.Part.STRING;
  }

  boolean isComment(int at) {
    return lexed.at(at) == Lexed.Part.COMMENT;
  }

  /** The end of what begins here: at a closing bracket, a comma or an end of its own level. */
  int endOfArgument(int from, int limit) {
    int depth = 0;
    for (int at = from; at < limit; at++) {
      if (isString(at) || isComment(at)) {
        continue;
      }
      char c = text.charAt(at);
      if (c == '(' || c == '[' || c == '{') {
        depth++;
      } else if (c == ')' || c == ']' || c == '}') {
        if (depth-- == 0) {
          return at;
        }
      } else if (depth == 0 && (c == ',' || c == ';')) {
        return at;
      } else if (depth == 0 && c == '\n' && endsStatement(from, at)) {
        return at;
      }
    }
    return limit;
  }

  /** Whether the line's end ends the statement too: nothing is left open at either side. */
  private boolean endsStatement(int from, int lineEnd) {
    String line = text.substring(from, lineEnd).strip();
    int next = lineEnd + 1;
    while (next < text.length() && Character.isWhitespace(text.charAt(next))) {
      next++;
    }
    boolean opens = line.isEmpty() || "+.,(=&|\\".indexOf(line.charAt(line.length() - 1)) >= 0;
    boolean goesOn = next < text.length() && "+.?:&|)".indexOf(text.charAt(next)) >= 0;
    return !opens && !goesOn;
  }

  /** The text from the head of the function around this position up to it. */
  String functionUpTo(int position) {
    return text.substring(headBefore(position), position);
  }

  private int headBefore(int position) {
    int start = lineStart(position);
    for (int line = 0; line < LINES_MAX && start > 0; line++) {
      int end = text.indexOf('\n', start);
      if (dialect.head.matcher(text.substring(start, end < 0 ? text.length() : end)).find()) {
        return start;
      }
      start = lineStart(start - 1);
    }
    return start;
  }

  private int lineStart(int position) {
    return text.lastIndexOf('\n', Math.max(0, position - 1)) + 1;
  }

  /** Where the values begin that a name is given in its function before this position. */
  List<Integer> valuesOf(String name, int position) {
    if (!name.matches("[$@\\w]{1,60}")) {
      return List.of();
    }
    int from = headBefore(position);
    Matcher binding =
        Pattern.compile(
                "(?<![\\w.$@])" + Pattern.quote(name) + "\\s*(?::=|\\.=|\\+=|<<|=(?![=~>]))\\s*")
            .matcher(text)
            .region(from, position);
    List<Integer> values = new ArrayList<>();
    while (binding.find() && values.size() < 20) {
      if (!isString(binding.start()) && !isComment(binding.start())) {
        values.add(binding.end());
      }
    }
    return values;
  }

  /** The end of a value that begins here. */
  int endOfValue(int from) {
    return endOfArgument(from, Math.min(text.length(), from + VALUE_MAX));
  }

  /** Whether the expression holds a value from outside, by itself or by a name it uses. */
  boolean isOutside(String expression, int position) {
    if (dialect.outside.matcher(expression).find()) {
      return true;
    }
    Matcher name = Pattern.compile("[$@]?\\b[A-Za-z_]\\w{0,59}\\b").matcher(expression);
    for (int tried = 0; tried < 10 && name.find(); tried++) {
      for (int value : valuesOf(name.group(), position)) {
        if (dialect.outside.matcher(text.substring(value, endOfValue(value))).find()) {
          return true;
        }
      }
      if (isFilled(name.group(), position)) {
        return true;
      }
    }
    return false;
  }

  /** Whether a framework fills the parameter of this name from a request. */
  private boolean isFilled(String name, int position) {
    int head = headBefore(position);
    int end = text.indexOf('{', head);
    String signature = text.substring(head, end < 0 ? Math.min(text.length(), head + 400) : end);
    int above = head;
    for (int line = 0; line < 4 && above > 0; line++) {
      above = lineStart(above - 1);
    }
    boolean marked =
        Pattern.compile(
                "(?:\\[From(?:Query|Body|Route|Form|Header)[^\\]]{0,40}\\]|@(?:RequestParam|PathVariable|RequestHeader|CookieValue|QueryParam|PathParam)(?:\\([^)]{0,60}\\))?)\\s*[\\w<>?:]{0,40}\\s*\\b"
                    + Pattern.quote(name)
                    + "\\b")
            .matcher(signature)
            .find();
    boolean routed =
        dialect == Dialect.CSHARP
            && text.substring(above, head + Math.min(signature.length(), 200))
                .matches("(?s).*\\[Http(?:Get|Post|Put|Delete|Patch)\\b.*")
            && Pattern.compile("\\bstring\\??\\s+" + Pattern.quote(name) + "\\b")
                .matcher(signature)
                .find();
    return marked || routed;
  }
}
