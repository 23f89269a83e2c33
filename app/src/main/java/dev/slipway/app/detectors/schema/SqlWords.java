package dev.slipway.app.detectors.schema;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The words and signs of a statement: upper-case, except what is quoted. */
record SqlWords(List<String> all) {
  /** More words than these tell nothing more about what a statement does. */
  private static final int WORDS_MAX = 4_000;

  private static final Pattern WORD =
      Pattern.compile(
          "'(?:[^']|'')*+'?|\"[^\"]*+\"?|`[^`]*+`?|[\\p{L}_][\\p{L}\\p{N}_$]*+|\\d[\\w.]*+|\\S");

  static SqlWords of(String sql) {
    List<String> all = new ArrayList<>();
    Matcher word = WORD.matcher(sql);
    while (all.size() < WORDS_MAX && word.find()) {
      String text = word.group();
      char first = text.charAt(0);
      if (first == '"' || first == '`') {
        String name = text.substring(1, Math.max(1, text.length() - 1));
        all.add("\"" + name.toLowerCase(Locale.ROOT));
      } else {
        all.add(first == '\'' ? "'" : text.toUpperCase(Locale.ROOT));
      }
    }
    return new SqlWords(all);
  }

  String at(int index) {
    return index < all.size() ? all.get(index) : "";
  }

  boolean startsWith(String... words) {
    return find(0, words) == 0;
  }

  boolean has(String... words) {
    return find(0, words) >= 0;
  }

  /** Where these words stand in a row; -1 if nowhere. */
  int find(int from, String... words) {
    for (int i = from; i + words.length <= all.size(); i++) {
      if (all.subList(i, i + words.length).equals(List.of(words))) {
        return i;
      }
    }
    return -1;
  }

  SqlWords from(int index) {
    return new SqlWords(all.subList(Math.min(index, all.size()), all.size()));
  }

  /** The parts between commas that are in no parentheses. */
  List<SqlWords> parts() {
    List<SqlWords> parts = new ArrayList<>();
    int depth = 0;
    int start = 0;
    for (int i = 0; i < all.size(); i++) {
      switch (all.get(i)) {
        case "(" -> depth++;
        case ")" -> depth--;
        case "," -> {
          if (depth == 0) {
            parts.add(new SqlWords(all.subList(start, i)));
            start = i + 1;
          }
        }
        default -> {}
      }
    }
    parts.add(new SqlWords(all.subList(start, all.size())));
    return parts;
  }

  /** How deep its parentheses nest. */
  int depth() {
    int depth = 0;
    int deepest = 0;
    for (String word : all) {
      depth += word.equals("(") ? 1 : word.equals(")") ? -1 : 0;
      deepest = Math.max(deepest, depth);
    }
    return deepest;
  }

  /** A possibly qualified name that begins here, without quotes, in lower case. */
  String nameAt(int index) {
    int last = index;
    while (at(last + 1).equals(".")) {
      last += 2;
    }
    String name = at(last);
    return (name.startsWith("\"") ? name.substring(1) : name).toLowerCase(Locale.ROOT);
  }

  /** The index behind the possibly qualified name that begins here. */
  int afterName(int index) {
    int last = index;
    while (at(last + 1).equals(".")) {
      last += 2;
    }
    return last + 1;
  }
}
