package dev.slipway.app.detectors.code;

import dev.slipway.app.detectors.text.ChangedFile;
import dev.slipway.app.detectors.text.Findings;
import dev.slipway.app.detectors.text.Row;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** Settings and assignments that are no calls: checks switched off by a value. */
final class Marks {
  private static final List<Mark> ALL =
      Stream.of(CodeMarks.ALL, ScriptMarks.ALL, SettingMarks.ALL).flatMap(List::stream).toList();

  private Marks() {}

  static void inspect(ChangedFile file, Findings findings) {
    List<Mark> marks = ALL.stream().filter(mark -> applies(mark, file)).toList();
    if (marks.isEmpty()) {
      return;
    }
    List<Row> rows = file.rows();
    for (int at = 0; at < rows.size(); at++) {
      Row row = rows.get(at);
      if (row.isAdded() && !row.code().isBlank()) {
        int here = at;
        String small = row.code().toLowerCase(Locale.ROOT);
        marks.stream()
            .filter(mark -> mark.isOn(rows, here, small))
            .findFirst()
            .ifPresent(
                mark ->
                    findings.add(
                        "security." + mark.rule(), mark.severity(), file, row, mark.what()));
      }
    }
  }

  /** Settings for one's own machine may show what they like. */
  private static boolean applies(Mark mark, ChangedFile file) {
    boolean own = file.path().matches("(?i).*(?:dev|local|test).*");
    return mark.where().holds(file)
        && !(own && (mark.rule().equals("debug-mode") || mark.rule().equals("open-service")));
  }
}
