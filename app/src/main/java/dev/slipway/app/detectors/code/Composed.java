package dev.slipway.app.detectors.code;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An expression as a text is put together by it: what is written out, and what is filled in.
 *
 * @param position where the expression stands, to look up the names it uses
 * @param values where the values begin that these names were given
 */
record Composed(Script script, int position, List<Part> parts, List<Integer> values) {
  sealed interface Part {
    record Written(String text) implements Part {}

    record Filled(String expression) implements Part {}
  }

  /** A number, a constant, a count, something made safe for where it goes. */
  private static final Pattern HARMLESS =
      Pattern.compile(
          "(?s)-?\\d[\\w.]*|true|false|nil|null|None|(?:[\\w$]+(?:::|\\.|->))*_{0,2}[A-Z][A-Z0-9_]+|(?:self|static)::\\w+|nameof\\(.*"
              + "|.*(?i:escape|quote|sanitize|intval|\\(int\\)|absint|esc_sql|parseint|toint|itoa|formatint|placeholder|prepare|strings\\.repeat|array_fill"
              + "|\\.to_i\\b|\\.id\\b|->id\\b|\\.size\\b|\\.length\\b|\\.count\\b|\\blen\\(|\\bcount\\(|table_?name|\\.tolong|\\.toint|\\bnow\\(|->prefix\\b).*"
              + "|\\$(?:wpdb->\\w+|this->\\w*(?:table|prefix|column|field)\\w*)|(?i:\\w*(?:placeholders?|binds|marks))");

  private static final Pattern VALUE_FOLLOWS =
      Pattern.compile(
          "(?is)(?:=|<|>|\\blike|\\bilike|\\bin|\\blimit|\\boffset|\\bvalues)\\s*\\(?\\s*['\"%(]*$");

  private static final Pattern VERB = Pattern.compile("%[-+ #0]*(?:\\[\\d])?[\\d.*]*([a-zA-Z])");

  private static final Pattern FORMAT_PLACE =
      Pattern.compile("\\{(\\d{0,2}|[a-z_]\\w{0,60})(?:[:,][^{}]{0,30})?\\}");

  private static final int DEPTH_MAX = 3;

  /** The expression between two positions; a name stands for what it was given before. */
  static Composed of(Script script, int from, int to) {
    List<Part> parts = new ArrayList<>();
    List<Integer> values = new ArrayList<>();
    add(script, from, to, parts, values, 0);
    return new Composed(script, from, List.copyOf(parts), List.copyOf(values));
  }

  private static void add(
      Script script, int from, int to, List<Part> parts, List<Integer> followed, int depth) {
    int start = from;
    while (start < to && Character.isWhitespace(script.text().charAt(start))) {
      start++;
    }
    if (start >= to) {
      return;
    }
    if (addFormat(script, start, to, parts, depth)) {
      return;
    }
    int end = endOfOperand(script, start, to);
    operand(script, start, end, parts, followed, depth);
    if (end + 1 < to) {
      add(script, end + 1, to, parts, followed, depth);
    }
  }

  /** {@code fmt.Sprintf("… %s", name)} and the like. */
  private static boolean addFormat(Script script, int start, int to, List<Part> parts, int depth) {
    int open = script.text().indexOf('(', start);
    String before = open < 0 || open >= to ? "" : script.text(start, open).strip();
    String callee = before.startsWith("&") ? before.substring(1) : before;
    boolean onText =
        before.endsWith(".format") && start < to && script.isString(start) && depth < DEPTH_MAX;
    if (!onText
        && (callee.isEmpty()
            || callee.length() > 40
            || !script.dialect().format.matcher(callee).matches())) {
      return false;
    }
    int close = open;
    List<int[]> arguments = new ArrayList<>();
    for (int at = open + 1; at < to && arguments.size() < 20; at = close + 1) {
      close = script.endOfArgument(at, to);
      arguments.add(new int[] {at, close});
      if (close >= to || script.text().charAt(close) != ',') {
        break;
      }
    }
    String template =
        onText
            ? before
            : arguments.isEmpty()
                ? ""
                : script.text(arguments.getFirst()[0], arguments.getFirst()[1]);
    List<String> values =
        arguments.stream()
            .skip(onText ? 0 : 1)
            .map(it -> script.text(it[0], it[1]).strip())
            .toList();
    filled(script.dialect(), bare(template.strip()), values, parts);
    return true;
  }

  private static void filled(
      Dialect dialect, String template, List<String> values, List<Part> parts) {
    boolean verbs =
        dialect == Dialect.GO
            || dialect == Dialect.PHP
            || dialect == Dialect.RUBY
            || dialect == Dialect.KOTLIN;
    Matcher place = (verbs ? VERB : FORMAT_PLACE).matcher(template);
    int last = 0;
    int next = 0;
    while (place.find()) {
      parts.add(new Part.Written(template.substring(last, place.start())));
      last = place.end();
      String name = place.group(1);
      boolean number = verbs && "dtfxXbeg".contains(name);
      String value = next < values.size() ? values.get(next) : "";
      if (!verbs && name.matches("[a-z_]\\w*")) {
        value = name;
      } else {
        next++;
      }
      parts.add(number || value.isEmpty() ? new Part.Written("0") : new Part.Filled(value));
    }
    parts.add(new Part.Written(template.substring(last)));
  }

  private static int endOfOperand(Script script, int from, int to) {
    int depth = 0;
    for (int at = from; at < to; at++) {
      if (script.isString(at) || script.isComment(at)) {
        continue;
      }
      char c = script.text().charAt(at);
      if (c == '(' || c == '[' || c == '{') {
        depth++;
      } else if (c == ')' || c == ']' || c == '}') {
        depth--;
      } else if (depth == 0 && c == script.dialect().join) {
        return at;
      }
    }
    return to;
  }

  private static void operand(
      Script script, int from, int to, List<Part> parts, List<Integer> followed, int depth) {
    int at = from;
    while (at < to && !script.isString(at)) {
      at++;
    }
    String code = script.text(from, at).strip();
    boolean literal = at < to && code.matches("[$@bruf&]{0,3}|\\(|[$@bruf]{0,2}#{0,3}");
    if (literal) {
      int end = at;
      while (end < to && script.isString(end)) {
        end++;
      }
      written(script, code, script.text(at, end), parts);
      return;
    }
    String expression = script.text(from, to).strip();
    if (expression.isEmpty()) {
      return;
    }
    List<Integer> values =
        depth < DEPTH_MAX ? script.valuesOf(expression.replaceFirst("^&", ""), from) : List.of();
    if (values.isEmpty()) {
      parts.add(new Part.Filled(expression));
    }
    followed.addAll(values);
    for (int value : values) {
      add(script, value, script.endOfValue(value), parts, followed, depth + 1);
    }
  }

  private static void written(Script script, String before, String quoted, List<Part> parts) {
    String literal = bare(quoted);
    if (!script.dialect().fillsIn(quoted, before)) {
      parts.add(new Part.Written(literal));
      return;
    }
    Matcher hole = script.dialect().hole.matcher(literal);
    int last = 0;
    while (hole.find()) {
      parts.add(new Part.Written(literal.substring(last, hole.start())));
      String value = hole.group(1);
      parts.add(new Part.Filled(value == null && hole.groupCount() > 1 ? hole.group(2) : value));
      last = hole.end();
    }
    parts.add(new Part.Written(literal.substring(last)));
  }

  /** Without the quotes of the language around it. */
  private static String bare(String literal) {
    String triple = "\"\"\"";
    int quote = literal.startsWith(triple) ? 3 : 1;
    boolean closed = literal.length() >= 2 * quote && literal.endsWith(literal.substring(0, quote));
    return literal.substring(
        Math.min(quote, literal.length()), literal.length() - (closed ? quote : 0));
  }

  /** What is written out of it. */
  String written() {
    StringBuilder all = new StringBuilder();
    for (Part part : parts) {
      switch (part) {
        case Part.Written it -> all.append(it.text());
        case Part.Filled ignored -> all.append(" ? ");
      }
    }
    return all.toString();
  }

  /** Whether something is filled into a text. */
  boolean isPutTogether() {
    boolean text =
        parts.stream().anyMatch(part -> part instanceof Part.Written it && it.text().length() > 2);
    return text && parts.stream().anyMatch(this::isGiven);
  }

  /** Whether something is filled in where a statement has a value, or a request fills it in. */
  boolean isFilledByValue() {
    StringBuilder before = new StringBuilder();
    for (Part part : parts) {
      switch (part) {
        case Part.Written it -> before.append(it.text());
        case Part.Filled it -> {
          boolean value = VALUE_FOLLOWS.matcher(before).find() || isQuoted(before);
          if (isGiven(part) && (value || script.isOutside(it.expression(), position))) {
            return true;
          }
          before.append("?");
        }
      }
    }
    return false;
  }

  private static boolean isQuoted(CharSequence before) {
    return before.chars().filter(c -> c == '\'').count() % 2 == 1;
  }

  private boolean isGiven(Part part) {
    return switch (part) {
      case Part.Written ignored -> false;
      case Part.Filled it ->
          !HARMLESS.matcher(it.expression()).matches() && !isMadeHarmless(it.expression());
    };
  }

  /** Whether every value the name was given is harmless. */
  private boolean isMadeHarmless(String expression) {
    List<Integer> values = script.valuesOf(expression, position);
    return !values.isEmpty()
        && values.stream()
            .map(value -> script.text(value, script.endOfValue(value)).strip())
            .allMatch(
                value ->
                    HARMLESS.matcher(value).matches() || value.matches("(?s)[\"'][^\"'$#{]*[\"']"));
  }
}
