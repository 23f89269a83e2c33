package dev.slipway.app.detectors.code;

import dev.slipway.app.detectors.text.ChangedFile;
import dev.slipway.app.detectors.text.Findings;
import dev.slipway.app.detectors.text.Row;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Settings and assignments that are no calls: checks switched off by a value. */
final class Marks {
  private static final List<Mark> ALL =
      Stream.of(CodeMarks.ALL, ScriptMarks.ALL, SettingMarks.ALL).flatMap(List::stream).toList();

  private static final Pattern OWN = Pattern.compile("(?i)dev|local|test");

  private static final Set<String> OWN_RULES = Set.of("debug-mode", "open-service");

  private Marks() {}

  static void inspect(ChangedFile file, Findings findings) {
    boolean own = OWN.matcher(file.path()).find();
    List<Mark> marks = ALL.stream().filter(mark -> applies(mark, file, own)).toList();
    if (marks.isEmpty()) {
      return;
    }
    List<Row> rows = file.rows();
    for (int at = 0; at < rows.size(); at++) {
      Row row = rows.get(at);
      if (row.isAdded() && !row.code().isBlank()) {
        int here = at;
        marks.stream()
            .filter(mark -> mark.isOn(rows, here))
            .findFirst()
            .ifPresent(
                mark ->
                    findings.add(
                        "security." + mark.rule(), mark.severity(), file, row, mark.what()));
      }
    }
  }

  /** Settings for one's own machine may show what they like. */
  private static boolean applies(Mark mark, ChangedFile file, boolean own) {
    return !(own && OWN_RULES.contains(mark.rule())) && mark.where().holds(file);
  }
}
