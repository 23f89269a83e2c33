package dev.slipway.app.detectors.schema;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads a Liquibase changelog: XML, YAML or JSON. */
final class Changelog {
  private static final Pattern TAG = Pattern.compile("<(?:[\\w-]{1,30}:)?(\\w{2,40}+)\\b");
  private static final Pattern KEY =
      Pattern.compile("(?m)^([ \\t]*+)(?:-[ \\t]++)?[{\"]*+(\\w{2,40}+)\"?[ \\t]*+:");
  private static final Pattern ROLLBACK_TAG =
      Pattern.compile("(?s)<rollback\\b[^>]{0,500}(?:/>|>.*?</rollback>)");
  private static final Pattern ROLLBACK_KEY =
      Pattern.compile(
          "(?m)^([ \\t]*+)(?:-[ \\t]++)?\"?rollback\"?[ \\t]*+:.*+(?:\\R\\1(?:[ \\t]|- ).*+)*+");
  private static final Pattern COMMENT = Pattern.compile("(?s)<!--.*?-->");
  private static final Pattern TABLE =
      Pattern.compile("(?:baseTableName|tableName)\"?\\s*[=:]\\s*[\"']?([\\w.]{1,80}+)");
  private static final Pattern WHERE = Pattern.compile("(?i)<where>|\\bwhere\"?\\s*:");

  private final String text;
  private final Set<String> created = new HashSet<>();

  private Changelog(String text) {
    this.text = text;
  }

  static List<CallScript.At> read(String text) {
    boolean markup = text.stripLeading().startsWith("<") || text.contains("</");
    StringBuilder forward = new StringBuilder(text);
    for (Pattern pattern : markup ? List.of(COMMENT, ROLLBACK_TAG) : List.of(ROLLBACK_KEY)) {
      Matcher back = pattern.matcher(text);
      while (back.find()) {
        SqlScript.blank(forward, back.start(), back.end());
      }
    }
    Changelog log = new Changelog(forward.toString());
    return markup ? log.tags() : log.keys();
  }

  private List<CallScript.At> tags() {
    List<CallScript.At> all = new ArrayList<>();
    Matcher tag = TAG.matcher(text);
    int from = 0;
    while (tag.find(from)) {
      if (!isChange(tag.group(1))) {
        from = tag.end();
        continue;
      }
      int end = endOfTag(tag);
      add(all, tag.start(), end, tag.group(1), text.substring(tag.end(), end));
      from = end;
    }
    return all;
  }

  private static boolean isChange(String name) {
    return CallEffects.NAMES.contains(name) || name.equals("delete") || name.equals("update");
  }

  private int endOfTag(Matcher tag) {
    int open = text.indexOf('>', tag.end());
    if (open < 0 || text.charAt(open - 1) == '/') {
      return open < 0 ? text.length() : open + 1;
    }
    Matcher close =
        Pattern.compile("</(?:[\\w-]{1,30}:)?" + Pattern.quote(tag.group(1)) + "\\s*+>")
            .matcher(text);
    return close.find(open) ? close.end() : text.length();
  }

  private List<CallScript.At> keys() {
    List<CallScript.At> all = new ArrayList<>();
    Matcher key = KEY.matcher(text);
    int from = 0;
    while (key.find(from)) {
      if (!isChange(key.group(2))) {
        from = key.end();
        continue;
      }
      int end = endOfBlock(key.end(), key.group(1).length());
      add(all, key.start(), end, key.group(2), text.substring(key.end(), end));
      from = end;
    }
    return all;
  }

  private int endOfBlock(int from, int indent) {
    int line = text.indexOf('\n', from);
    while (line >= 0) {
      int first = line + 1;
      while (first < text.length() && (text.charAt(first) == ' ' || text.charAt(first) == '\t')) {
        first++;
      }
      boolean blank = first < text.length() && text.charAt(first) == '\n';
      if (first >= text.length() || (!blank && first - line - 1 <= indent)) {
        return line;
      }
      line = text.indexOf('\n', line + 1);
    }
    return text.length();
  }

  private void add(List<CallScript.At> all, int start, int end, String name, String block) {
    Matcher named = TABLE.matcher(block);
    String table = named.find() ? named.group(1) : "";
    Effect effect = effect(name, block);
    if (name.equals("createTable")) {
      created.add(table);
    }
    if (effect.sort() == Effect.Sort.LOCKING && created.contains(table)) {
      effect = Effect.additive("changes a new table");
    }
    all.add(new CallScript.At(start, end, effect));
  }

  private static Effect effect(String name, String block) {
    return switch (name) {
      case "delete", "update" ->
          WHERE.matcher(block).find()
              ? Effect.rows(name + " of rows")
              : Effect.destructive(name + " of every row of a table");
      case "sql" -> sql(block);
      default -> CallEffects.of(name, block);
    };
  }

  private static Effect sql(String block) {
    String sql =
        block
            .replaceAll("(?s)^[^<>]{0,300}>", "")
            .replaceAll("<!\\[CDATA\\[|\\]\\]>|</[^>]{0,60}>|<comment>[^<]*+</comment>", " ")
            .replaceAll(
                "(?m)^\\s*(?:-"
                    + " )?\"?(?:sql|dbms|splitStatements|stripComments|endDelimiter|comment)\"?\\s*:(?:\\s*(?:true|false|\\||>|\\w+)\\s*$)?",
                " ")
            .replaceAll("&gt;", ">")
            .replaceAll("&lt;", "<")
            .strip()
            .replaceAll("^[\"']|[\"'],?$", "");
    SqlEffects effects = new SqlEffects();
    return Effect.gravest(
            SqlScript.statements(sql).stream().map(it -> effects.of(it.text())).toList())
        .orElseGet(Effect::unknown);
  }
}
