package dev.slipway.app.detectors.schema;

import dev.slipway.app.detectors.text.Lexed;
import dev.slipway.app.detectors.text.Syntax;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads the calls of a migration that is written in a programming language. */
final class CallScript {
  /** An effect, and the part of the text that has it. */
  record At(int start, int end, Effect effect) {}

  private static final int ARGUMENTS_MAX = 20_000;

  private static final Pattern CALL =
      Pattern.compile(
          "(?<!\\w)([A-Za-z_]\\w{1,40}+)(?:<[^<>\\n]{0,80}+>)?(?:\\(|[ \\t]++(?=[:\"'(<]))");

  private static final Pattern DOWN =
      Pattern.compile(
          "(?m)^[ \\t]*+(?:def (?:self\\.)?down\\b|def"
              + " downgrade\\b|exports\\.down\\b|module\\.exports\\.down\\b|export (?:async"
              + " )?(?:function|const) down\\b|(?:public )?(?:async )?down\\s?[:(]|(?:protected"
              + " )?(?:override )?void Down\\(|public function down\\()");
  private static final Pattern UP =
      Pattern.compile(
          "(?m)^[ \\t]*+(?:def (?:self\\.)?up\\b|def"
              + " upgrade\\b|exports\\.up\\b|module\\.exports\\.up\\b|export (?:async"
              + " )?(?:function|const) up\\b|(?:public )?(?:async )?up\\s?[:(]|(?:protected"
              + " )?(?:override )?void Up\\(|public function up\\()");

  private static final Pattern STRING =
      Pattern.compile(
          "(?s)\"\"\"(.*?)\"\"\"|'''(.*?)'''|`((?:[^`\\\\]|\\\\.)*+)`|\"((?:[^\"\\\\\\n"
              + "]|\\\\.)*+)\"|'((?:[^'\\\\\\n"
              + "]|\\\\.)*+)'|<<[~-]?['\"]?([A-Z_]{2,20}+)['\"]?[^\\n"
              + "]*+\\n"
              + "(.*?)\\n"
              + "\\s*+\\6\\b");

  private static final Pattern WORD = Pattern.compile("[\\w.]{1,80}+");

  private final String text;
  private final Set<String> created = new HashSet<>();

  private CallScript(String text) {
    this.text = text;
  }

  /** Everything the text does when it is run forwards. */
  static List<At> read(String path, String text) {
    StringBuilder code = new StringBuilder(text);
    Lexed lexed = Lexed.of(text, Syntax.of(path));
    int at = 0;
    while (at < text.length()) {
      int from = at;
      boolean comment = lexed.at(at) == Lexed.Part.COMMENT;
      while (at < text.length() && (lexed.at(at) == Lexed.Part.COMMENT) == comment) {
        at++;
      }
      // A long text on lines of its own is a comment, unless it is an argument: then it is SQL.
      boolean quoted = text.startsWith("\"\"\"", from) || text.startsWith("'''", from);
      if (comment && !quoted) {
        SqlScript.blank(code, from, at);
      }
    }
    blankDown(code);
    return new CallScript(code.toString()).calls();
  }

  private static void blankDown(StringBuilder code) {
    Matcher down = DOWN.matcher(code.toString());
    while (down.find()) {
      Matcher up = UP.matcher(code);
      int end = up.find(down.end()) ? up.start() : code.length();
      SqlScript.blank(code, down.start(), end);
    }
  }

  private List<At> calls() {
    List<At> all = new ArrayList<>();
    Matcher call = CALL.matcher(text);
    int from = 0;
    while (call.find(from)) {
      if (!CallEffects.NAMES.contains(call.group(1))) {
        from = call.end();
        continue;
      }
      int end = end(call);
      String name = call.group(1);
      String arguments = text.substring(call.end(), end);
      Effect effect =
          CallEffects.SQL.contains(name) ? sql(arguments) : CallEffects.of(name, arguments);
      String table = firstWord(arguments);
      if (effect.sort() == Effect.Sort.LOCKING && isOfNewTable(arguments)) {
        effect = Effect.additive("changes a new table");
      }
      boolean creates = effect.what().equals("creates a table");
      if (creates) {
        created.add(table);
      }
      if (effect.sort() != Effect.Sort.NOTHING) {
        all.add(new At(call.start(), end, effect));
      }
      // Inside a new table's block nothing else is of interest.
      from = creates ? end : call.end();
    }
    return all;
  }

  /** Whether the names that come first among the arguments hold a table made before. */
  private boolean isOfNewTable(String arguments) {
    return WORD.matcher(arguments)
        .results()
        .limit(2)
        .anyMatch(word -> created.contains(word.group()));
  }

  private static String firstWord(String arguments) {
    Matcher word = WORD.matcher(arguments);
    return word.find() ? word.group() : "";
  }

  /** The end of a call's arguments: its parenthesis, or for Ruby its line or block. */
  private int end(Matcher call) {
    int limit = Math.min(text.length(), call.end() + ARGUMENTS_MAX);
    int depth = text.charAt(call.end() - 1) == '(' ? 1 : 0;
    boolean open = depth == 0;
    for (int i = call.end(); i < limit; i++) {
      char c = text.charAt(i);
      if (c == '(' || c == '[' || c == '{') {
        depth++;
      } else if (c == ')' || c == ']' || c == '}') {
        depth--;
        if (depth <= 0 && !open) {
          return i;
        }
      } else if (c == '\n' && open && depth <= 0 && !continues(i)) {
        return isBlock(call.end(), i) ? endOfBlock(call.start(), i, limit) : i;
      }
    }
    return limit;
  }

  private boolean continues(int lineEnd) {
    int last = lineEnd - 1;
    while (last > 0 && text.charAt(last) == ' ') {
      last--;
    }
    char c = text.charAt(Math.max(0, last));
    String line = text.substring(text.lastIndexOf('\n', Math.max(0, last)) + 1, last + 1);
    return c == ',' || c == '\\' || c == '+' || line.contains("<<");
  }

  private boolean isBlock(int from, int lineEnd) {
    return text.substring(from, lineEnd).matches("(?s).*\\bdo\\b[^\\n]{0,60}");
  }

  private int endOfBlock(int callStart, int from, int limit) {
    int line = text.lastIndexOf('\n', callStart) + 1;
    int indent = 0;
    while (line + indent < callStart && text.charAt(line + indent) == ' ') {
      indent++;
    }
    int end = text.indexOf("\n" + " ".repeat(indent) + "end", from);
    return end < 0 || end > limit ? limit : end;
  }

  private static Effect sql(String arguments) {
    List<Effect> effects = new ArrayList<>();
    Matcher string = STRING.matcher(arguments);
    boolean any = false;
    while (string.find() && !any) {
      SqlEffects sql = new SqlEffects();
      for (SqlScript.Statement statement : SqlScript.statements(content(string))) {
        effects.add(sql.of(statement.text()));
      }
      // What follows a first text in these calls is the way back, or parameters.
      any = !effects.isEmpty() && !arguments.stripLeading().startsWith("[");
    }
    return Effect.gravest(effects).orElseGet(Effect::unknown);
  }

  private static String content(Matcher string) {
    for (int group : new int[] {1, 2, 3, 4, 5, 7}) {
      String content = string.group(group);
      if (content != null) {
        return content.replace("\\n", "\n").replace("\\\"", "\"").replace("\\'", "'");
      }
    }
    return "";
  }
}
