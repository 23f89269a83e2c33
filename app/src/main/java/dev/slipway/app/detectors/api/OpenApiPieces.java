package dev.slipway.app.detectors.api;

import dev.slipway.change.FileChange;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Breaks in pieces of an OpenAPI document, in YAML or JSON laid out over lines: what stands where,
 * by its indentation, before and after. The classes are those of openapi-diff and oasdiff; which
 * schema is asked for and which is answered is known only where the piece shows it, so elsewhere
 * both are taken for asked for.
 */
final class OpenApiPieces {
  private static final int LINE_MAX = 4_000;
  private static final char STEP = '\u0001';

  private static final Pattern LINE =
      Pattern.compile(
          "^([\\t\\x20]*+)((?:-\\s++)*+)"
              + "(?:[\"']?([^\"':{}\\[\\],]{1,200}+(?:\\{[^}]{0,80}\\}[^\"':{}\\[\\],]{0,80}+)*+)[\"']?"
              + "\\s*+:(?=\\s|$)|)\\s*+(.*+)$");

  private static final Pattern ENTRY =
      Pattern.compile(
          "[\"']?([\\w$./-]{1,100})[\"']?\\s*+:\\s*+(\\[[^\\]]{0,500}\\]|[^,{}\\[\\]]{1,300})");

  /** What tells people something and programs nothing. */
  private static final Set<String> PROSE =
      Set.of(
          "description",
          "summary",
          "example",
          "examples",
          "title",
          "tags",
          "operationId",
          "info",
          "servers",
          "externalDocs",
          "contact",
          "license",
          "deprecated",
          "default",
          "xml",
          "links",
          "callbacks");

  /** What only loosens a contract when it goes. */
  private static final Set<String> LIMITS =
      Set.of(
          "required",
          "maxLength",
          "minLength",
          "maximum",
          "minimum",
          "exclusiveMaximum",
          "exclusiveMinimum",
          "maxItems",
          "minItems",
          "uniqueItems",
          "pattern",
          "format",
          "enum",
          "multipleOf",
          "nullable",
          "readOnly",
          "writeOnly",
          "additionalProperties",
          "security",
          "explode",
          "style",
          "allowEmptyValue",
          "type",
          "schema",
          "items",
          "allOf",
          "oneOf",
          "anyOf",
          "discriminator");

  private static final Pattern NAME_WITHIN =
      Pattern.compile("\\bname[\"']?\\s*+:\\s*+[\"']?([\\w-]{1,80})");

  private static final Pattern NAME_LINE =
      Pattern.compile("^(?:-\\s+)?[\"']?(?:name|\\$ref)[\"']?\\s*:\\s*(.+)$");

  private static final int LINES_SEEN_MAX = 2_000;

  /** Two of these make an OpenAPI document. */
  private static final List<Pattern> SIGNS =
      Stream.of(
              "responses",
              "requestBody",
              "operationId",
              "parameters",
              "components",
              "in[\"']?\\s*:\\s*[\"']?(?:query|path|header)",
              "\\$ref[\"']?\\s*:\\s*[\"']#/(?:components|definitions)/\\w+")
          .map(sign -> Pattern.compile("(?m)(?:^|[\\s{,])[\"']?" + sign + "\\b"))
          .toList();

  private record Entry(String value, int line) {}

  private final Map<String, Entry> old;
  private final Map<String, Entry> now;
  private final String path;
  private final List<Break> breaks = new ArrayList<>();

  private OpenApiPieces(Version before, Version after) {
    this.old = read(before.text());
    this.now = read(after.text());
    this.path = after.path();
  }

  /** Whether the lines of a patch look like those of an OpenAPI document. */
  static boolean isPieceOf(FileChange file) {
    String name = file.oldPath().toLowerCase(Locale.ROOT);
    if (name.contains("openapi") || name.contains("swagger")) {
      return true;
    }
    StringBuilder shown = new StringBuilder();
    file.hunks().stream()
        .flatMap(hunk -> hunk.lines().stream())
        .limit(LINES_SEEN_MAX)
        .filter(line -> line.text().length() <= LINE_MAX)
        .forEach(line -> shown.append(line.text()).append('\n'));
    String text = shown.toString();
    return OpenApiBreaks.isOpenApi(text)
        || SIGNS.stream().filter(sign -> sign.matcher(text).find()).limit(2).count() == 2;
  }

  static List<Break> between(Version before, Version after) {
    OpenApiPieces pieces = new OpenApiPieces(before, after);
    pieces.old.forEach(pieces::kept);
    pieces.now.forEach(pieces::added);
    return pieces.breaks;
  }

  private void kept(String place, Entry was) {
    if (isProse(place)) {
      return;
    }
    Entry is = now.get(place);
    String key = last(place);
    if (is == null) {
      String above = parent(place);
      boolean topmost = above.isEmpty() || now.containsKey(above) || last(above).equals("enum");
      boolean item = key.startsWith("-");
      boolean lostItem = item && last(above).equals("enum");
      boolean loosens = LIMITS.contains(key) || (item && last(above).equals("required"));
      if (topmost && (lostItem || !loosens && !(item && isList(above)))) {
        add("removed", words(place) + " is gone");
      }
      return;
    }
    if (!was.value().equals(is.value()) && narrows(key, was.value(), is.value(), place)) {
      add("changed", words(place) + " was " + was.value() + " and is " + is.value());
    }
  }

  private static boolean isList(String place) {
    return Set.of("required", "allOf", "oneOf", "anyOf", "tags", "security").contains(last(place));
  }

  private boolean narrows(String key, String was, String is, String place) {
    return switch (key) {
      case "type", "$ref", "in", "format", "name" -> true;
      case "required" -> is.equals("true");
      case "pattern" -> !isAnswer(place);
      case "nullable" -> !isAnswer(place) && is.equals("false");
      case "maxLength", "maximum", "maxItems" -> !isAnswer(place) && number(is) < number(was);
      case "minLength", "minimum", "minItems" -> !isAnswer(place) && number(is) > number(was);
      default -> false;
    };
  }

  private void added(String place, Entry is) {
    if (old.containsKey(place) || isProse(place) || isAnswer(place)) {
      return;
    }
    String above = parent(place);
    String key = last(place);
    boolean known = old.containsKey(above);
    boolean burdens =
        switch (key) {
          case "required" -> is.value().equals("true") && (known || isNewParameter(above));
          case "pattern", "maxLength", "minLength", "maximum", "minimum", "maxItems", "minItems" ->
              known && !is.value().isEmpty();
          case "enum" -> known;
          default ->
              key.startsWith("-")
                  && last(above).equals("required")
                  && (known || old.containsKey(parent(above)));
        };
    if (burdens) {
      add("required", words(place) + " is new, and callers did not know of it");
    }
  }

  /** Whether this is a parameter of an operation that was there before. */
  private boolean isNewParameter(String place) {
    String list = parent(place);
    if (list.isEmpty()) {
      // The piece begins within the list: only a parameter says where it stands.
      return now.containsKey(place + STEP + "in");
    }
    return last(list).equals("parameters")
        && (list.equals("parameters") || old.containsKey(list) || old.containsKey(parent(list)));
  }

  private void add(String rule, String what) {
    breaks.add(new Break("openapi." + rule, path, 0, what));
  }

  private static boolean isAnswer(String place) {
    return (STEP + place + STEP).contains(STEP + "responses" + STEP);
  }

  private static boolean isProse(String place) {
    for (String key : place.split(String.valueOf(STEP), -1)) {
      if (PROSE.contains(key) || key.startsWith("x-") || key.startsWith("-x-")) {
        return !place.contains(STEP + "properties" + STEP + key);
      }
    }
    return false;
  }

  private static double number(String text) {
    try {
      return Double.parseDouble(text);
    } catch (NumberFormatException e) {
      return Double.NaN;
    }
  }

  private static String parent(String place) {
    return place.substring(0, Math.max(0, place.lastIndexOf(STEP)));
  }

  private static String last(String place) {
    return place.substring(place.lastIndexOf(STEP) + 1);
  }

  private static String words(String place) {
    return place.replace(STEP, '.');
  }

  /** Every key and list item with where it stands. */
  private static Map<String, Entry> read(String text) {
    Map<String, Entry> all = new LinkedHashMap<>();
    Deque<Level> open = new ArrayDeque<>();
    List<String> lines = text.lines().toList();
    for (int at = 0; at < lines.size(); at++) {
      String line = lines.get(at);
      if (line.length() <= LINE_MAX && !line.isBlank() && line.strip().charAt(0) != '#') {
        line(lines, at, open, all);
      }
    }
    return all;
  }

  private record Level(int indent, String place) {}

  private static void line(List<String> lines, int at, Deque<Level> open, Map<String, Entry> all) {
    Matcher matcher = LINE.matcher(lines.get(at));
    if (!matcher.matches()) {
      return;
    }
    int indent = matcher.group(1).length();
    String dash = matcher.group(2);
    String key = matcher.group(3) == null ? "" : matcher.group(3).strip();
    String value = value(matcher.group(4));
    boolean closes = key.isEmpty() && dash.isEmpty() && value.matches("[\\]}]*");
    if (closes) {
      return;
    }
    // A list may stand as deep as the key it belongs to.
    int depth = dash.isEmpty() ? 2 * indent : 2 * indent + 1;
    while (!open.isEmpty() && open.peek().indent() >= depth) {
      open.pop();
    }
    String place = open.isEmpty() ? "" : open.peek().place() + STEP;
    boolean scalar = key.isEmpty();
    if (!dash.isEmpty() || scalar) {
      place += "-" + (scalar ? item(value) : identity(lines, at, indent + dash.length()));
      all.put(place, new Entry("", at));
      open.push(new Level(depth, place));
      flow(value, place, at, all);
      if (scalar) {
        return;
      }
      place += STEP;
      depth = 2 * (indent + dash.length());
    }
    place += key;
    all.put(place, new Entry(value, at));
    open.push(new Level(depth, place));
    flow(value, place, at, all);
  }

  private static String item(String value) {
    Matcher name = NAME_WITHIN.matcher(value);
    return value.startsWith("{") && name.find() ? name.group(1) : value;
  }

  /** What tells an item of a list from others: its name, else its first line. */
  private static String identity(List<String> lines, int at, int indent) {
    for (int next = at; next < Math.min(lines.size(), at + 12); next++) {
      String line = lines.get(next);
      String body = line.strip();
      int depth = line.length() - line.stripLeading().length();
      if (next > at && (depth < indent || body.startsWith("- "))) {
        break;
      }
      Matcher name = NAME_LINE.matcher(body);
      if (name.matches()) {
        return value(name.group(1));
      }
    }
    return lines.get(at).strip().replaceFirst("^-\\s+", "");
  }

  /** The entries of a collection that is written in one line. */
  private static void flow(String value, String place, int at, Map<String, Entry> all) {
    if (value.startsWith("[")) {
      items(value, place, at, all);
    } else if (value.startsWith("{")) {
      Matcher entry = ENTRY.matcher(value);
      while (entry.find()) {
        String inner = place + STEP + entry.group(1);
        String text = value(entry.group(2));
        all.put(inner, new Entry(text.startsWith("[") ? "" : text, at));
        if (text.startsWith("[")) {
          items(text, inner, at, all);
        }
      }
    }
  }

  private static void items(String list, String place, int at, Map<String, Entry> all) {
    for (String item : list.replaceAll("[\\[\\]]", "").split(",", -1)) {
      if (!item.isBlank()) {
        all.put(place + STEP + "-" + value(item), new Entry("", at));
      }
    }
  }

  private static String value(String text) {
    String plain = text.strip().replaceFirst("\\s#.*$", "").replaceFirst(",$", "").strip();
    if (plain.equals("{") || plain.equals("[") || plain.equals("|") || plain.equals(">")) {
      return "";
    }
    return plain.length() > 1 && (plain.charAt(0) == '"' || plain.charAt(0) == '\'')
        ? plain.substring(
            1, plain.length() - (plain.charAt(plain.length() - 1) == plain.charAt(0) ? 1 : 0))
        : plain;
  }
}
