package dev.slipway.app.detectors.code;

import dev.slipway.agents.review.Subject;
import dev.slipway.app.detectors.text.ChangedFile;
import dev.slipway.app.detectors.text.Findings;
import dev.slipway.app.detectors.text.Row;
import dev.slipway.change.SourceTree;
import dev.slipway.policy.Finding.Severity;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * New predicates on columns that no index of the repository's own SQL migrations begins with. Says
 * nothing of tables that the migrations do not create.
 */
final class Indexes {
  private static final Pattern PREDICATE =
      Pattern.compile(
          "(?i)\\b(?:from|update)\\s+[\"`]?(\\w{1,60})[\"`]?(?:\\s+(?:as\\s+)?\\w{1,30})?(?:\\s+set\\s[^\"]{1,300})?\\s+where\\s+(?:\\w{1,30}\\.)?[\"`]?(\\w{1,60})[\"`]?\\s*(?:=|in\\b|<|>|like\\b|between\\b)");
  private static final Pattern TABLE =
      Pattern.compile(
          "(?is)create\\s+table\\s+(?:if\\s+not\\s+exists\\s+)?[\"`]?(?:\\w+[\"`]?\\.[\"`]?)?(\\w+)[\"`]?\\s*\\(([^;]{0,20000})");
  private static final Pattern INDEX =
      Pattern.compile(
          "(?is)create\\s+(?:unique\\s+)?index\\s+[^;(]{0,200}?\\bon\\s+(?:only\\s+)?[\"`]?(?:\\w+[\"`]?\\.[\"`]?)?(\\w+)[\"`]?\\s*(?:using\\s+\\w+\\s*)?\\(\\s*(?:\\w+\\()?[\"`]?(\\w+)"
              + "|alter\\s+table\\s+(?:only\\s+)?[\"`]?(?:\\w+\\.)?(\\w+)[\"`]?\\s+add\\s[^;(]{0,100}?(?:key|unique|index)\\s*[^;(]{0,60}\\(\\s*[\"`]?(\\w+)");
  private static final Pattern OWN =
      Pattern.compile(
          "(?im)^\\s*[\"`]?(\\w+)[\"`]?\\s[^,\\n"
              + "]*\\b(?:primary\\s+key|unique)\\b|\\b(?:primary\\s+key|unique(?:\\s+key)?|key|index)\\s*[^,(\\n"
              + "]{0,60}\\(\\s*[\"`]?(\\w+)");

  private static final int FILES_MAX = 400;
  private static final int BYTES_MAX = 4_000_000;

  private final Optional<SourceTree> tree;
  private Optional<Map<String, Set<String>>> known = Optional.empty();

  Indexes(Subject subject) {
    this.tree = subject.candidate();
  }

  void inspect(ChangedFile file, Findings findings) {
    if (tree.isEmpty() || file.path().endsWith(".sql")) {
      return;
    }
    for (Row row : file.added()) {
      String lower = row.text().toLowerCase(Locale.ROOT);
      if (!lower.contains("where")) {
        continue;
      }
      Matcher predicate = PREDICATE.matcher(row.text());
      while (predicate.find()) {
        String table = predicate.group(1).toLowerCase(Locale.ROOT);
        String column = predicate.group(2).toLowerCase(Locale.ROOT);
        Set<String> indexed = indexed().get(table);
        if (indexed != null && !indexed.contains(column)) {
          findings.add(
              "performance.missing-index",
              Severity.MEDIUM,
              file,
              row,
              "no index of " + table + " in the migrations begins with " + column);
        }
      }
    }
  }

  /** The columns that an index begins with, by table, of every table that is created. */
  private Map<String, Set<String>> indexed() {
    if (known.isEmpty()) {
      known = Optional.of(read(tree.orElseThrow()));
    }
    return known.get();
  }

  private static Map<String, Set<String>> read(SourceTree tree) {
    Map<String, Set<String>> all = new HashMap<>();
    int files = 0;
    int bytes = 0;
    for (String path : tree.paths()) {
      if (path.endsWith(".sql") && files++ < FILES_MAX && bytes < BYTES_MAX) {
        String sql = tree.read(path).map(it -> new String(it, StandardCharsets.UTF_8)).orElse("");
        bytes += sql.length();
        read(sql, all);
      }
    }
    return all;
  }

  private static void read(String sql, Map<String, Set<String>> all) {
    Matcher table = TABLE.matcher(sql);
    while (table.find()) {
      Set<String> columns =
          all.computeIfAbsent(table.group(1).toLowerCase(Locale.ROOT), t -> new HashSet<>());
      Matcher own = OWN.matcher(table.group(2));
      while (own.find()) {
        String column = own.group(1) == null ? own.group(2) : own.group(1);
        columns.add(column.toLowerCase(Locale.ROOT));
      }
    }
    Matcher index = INDEX.matcher(sql);
    while (index.find()) {
      String name = index.group(1) == null ? index.group(3) : index.group(1);
      String column = index.group(2) == null ? index.group(4) : index.group(2);
      all.computeIfAbsent(name.toLowerCase(Locale.ROOT), t -> new HashSet<>())
          .add(column.toLowerCase(Locale.ROOT));
    }
  }
}
