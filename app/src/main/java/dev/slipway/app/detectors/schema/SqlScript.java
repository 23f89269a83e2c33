package dev.slipway.app.detectors.schema;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Cuts a script into statements as PostgreSQL's and MySQL's own clients do: strings, quoted names,
 * dollar quotes, comments, {@code DELIMITER} and {@code GO} are known.
 */
final class SqlScript {
  /** A statement without its terminator, with comments blanked, at its place in the script. */
  record Statement(int start, int end, String text) {}

  private static final Pattern DOLLAR = Pattern.compile("\\$(?:[A-Za-z_]\\w{0,60}+)?\\$");
  private static final Pattern DELIMITER =
      Pattern.compile("(?im)\\Gdelimiter[ \\t]++(\\S{1,10}+)[ \\t]*+$");
  private static final Pattern GO = Pattern.compile("(?im)\\Ggo[ \\t]*+;?$");

  /** What begins and ends the part of a script that is run to take it back. */
  private static final Pattern DIRECTION =
      Pattern.compile(
          "(?im)^[ \\t]*+--[ \\t]*+(?:\\+goose|\\+migrate|migrate:|@)?[ \\t]*+(up|down|undo)\\b.*+$");

  private final String script;
  private final StringBuilder statement = new StringBuilder();
  private final List<Statement> statements = new ArrayList<>();
  private final boolean escapes;
  private String delimiter = ";";
  private int at;
  private int start;

  private SqlScript(String script) {
    this.script = withoutDown(script);
    // Only MySQL reads a backslash as an escape, and only MySQL quotes names with back quotes.
    this.escapes = script.indexOf('`') >= 0;
  }

  static List<Statement> statements(String script) {
    SqlScript cut = new SqlScript(script);
    while (cut.at < cut.script.length()) {
      cut.step();
    }
    cut.end();
    return cut.statements;
  }

  private static String withoutDown(String script) {
    Matcher mark = DIRECTION.matcher(script);
    StringBuilder up = new StringBuilder(script);
    int from = -1;
    while (mark.find()) {
      boolean down = !mark.group(1).toLowerCase(Locale.ROOT).equals("up");
      if (!down && from >= 0) {
        blank(up, from, mark.start());
        from = -1;
      } else if (down && from < 0) {
        from = mark.start();
      }
    }
    if (from >= 0) {
      blank(up, from, up.length());
    }
    return up.toString();
  }

  static void blank(StringBuilder text, int from, int to) {
    for (int i = from; i < to; i++) {
      if (text.charAt(i) != '\n') {
        text.setCharAt(i, ' ');
      }
    }
  }

  private void step() {
    char c = script.charAt(at);
    if (script.startsWith(delimiter, at)) {
      end();
      at += delimiter.length();
    } else if (script.startsWith("--", at) || (c == '#' && isLineStart())) {
      skip(until("\n"));
    } else if (script.startsWith("/*", at)) {
      skip(until("*/"));
    } else if (c == '\'' || c == '"' || c == '`') {
      keep(endOfQuoted(c));
    } else if (c == '$' && DOLLAR.matcher(script).region(at, script.length()).lookingAt()) {
      Matcher tag = DOLLAR.matcher(script).region(at, script.length());
      keep(tag.lookingAt() ? endOf(tag.group(), tag.end()) : at + 1);
    } else if (isLineStart() && isDirective()) {
      return;
    } else {
      keep(at + 1);
    }
  }

  private boolean isDirective() {
    Matcher other = DELIMITER.matcher(script).region(at, script.length());
    if (other.find()) {
      end();
      delimiter = other.group(1);
      at = other.end();
      return true;
    }
    Matcher go = GO.matcher(script).region(at, script.length());
    if (go.find()) {
      end();
      at = go.end();
      return true;
    }
    return false;
  }

  private boolean isLineStart() {
    return at == 0 || script.charAt(at - 1) == '\n';
  }

  private int until(String close) {
    return endOf(close, at + 2);
  }

  private int endOf(String close, int from) {
    int end = script.indexOf(close, from);
    return end < 0 ? script.length() : end + close.length();
  }

  private int endOfQuoted(char quote) {
    int end = at + 1;
    while (end < script.length() && script.charAt(end) != quote) {
      end += escapes && script.charAt(end) == '\\' ? 2 : 1;
    }
    return Math.min(script.length(), end + 1);
  }

  private void keep(int to) {
    if (statement.isEmpty()) {
      if (Character.isWhitespace(script.charAt(at))) {
        at = to;
        return;
      }
      start = at;
    }
    statement.append(script, at, to);
    at = to;
  }

  private void skip(int to) {
    if (!statement.isEmpty()) {
      statement.append(' ');
    }
    at = to;
  }

  private void end() {
    String text = statement.toString().strip();
    if (!text.isEmpty()) {
      statements.add(new Statement(start, at, text));
    }
    statement.setLength(0);
  }
}
