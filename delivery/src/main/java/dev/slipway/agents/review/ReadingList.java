package dev.slipway.agents.review;

import dev.slipway.change.Diff;
import dev.slipway.change.FileChange;
import dev.slipway.policy.Finding;
import dev.slipway.policy.Finding.Severity;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What of a change a model reads: files by risk, as many as fit. Every file that does not fit is
 * named.
 *
 * @param read what it is shown, the riskiest first
 * @param unread what it is not shown
 */
record ReadingList(List<NumberedDiff> read, List<Unread> unread) {
  /** A file that was not read. */
  record Unread(String path, Stakes stakes) {}

  /** What can be lost by not reading a file. */
  enum Stakes {
    /** Production code or configuration, or a fact about it that matters: a person reads it. */
    RISKY,
    /** Tests, documents, generated files, resolved dependencies. */
    MINOR
  }

  private static final Set<Severity> GRAVE =
      Set.of(Severity.MEDIUM, Severity.HIGH, Severity.CRITICAL);

  private record Ranked(FileChange file, int floor, double weight) {}

  /**
   * @param findings of the floor
   * @param charsMax how much fits
   */
  static ReadingList of(Diff diff, List<Finding> findings, long charsMax) {
    List<NumberedDiff> read = new ArrayList<>();
    List<Unread> unread = new ArrayList<>();
    long left = charsMax;
    for (Ranked ranked : ranked(diff, findings)) {
      NumberedDiff shown = NumberedDiff.of(ranked.file(), findings);
      if (shown.text().length() <= left) {
        left -= shown.text().length();
        read.add(shown);
      } else {
        unread.add(new Unread(ranked.file().path(), stakes(ranked, findings)));
      }
    }
    return new ReadingList(List.copyOf(read), List.copyOf(unread));
  }

  /** By the worst that the floor found in it, then by how much of what matters changes in it. */
  private static List<Ranked> ranked(Diff diff, List<Finding> findings) {
    Map<String, Integer> floors = new HashMap<>();
    findings.forEach(it -> floors.merge(it.file(), RiskFormula.floorOf(it), Math::max));
    return diff.files().stream()
        .filter(file -> file.content() == FileChange.Content.TEXT)
        .map(
            file ->
                new Ranked(
                    file,
                    floors.getOrDefault(file.path(), 0),
                    FileRole.of(file.path()).weight
                        * (1 + file.added().size() + file.deleted().size())))
        .sorted(
            Comparator.comparingInt(Ranked::floor)
                .thenComparingDouble(Ranked::weight)
                .reversed()
                .thenComparing(ranked -> ranked.file().path()))
        .toList();
  }

  private static Stakes stakes(Ranked ranked, List<Finding> findings) {
    String path = ranked.file().path();
    boolean grave =
        findings.stream().anyMatch(it -> it.file().equals(path) && GRAVE.contains(it.severity()));
    return grave || FileRole.of(path) == FileRole.PRODUCTION ? Stakes.RISKY : Stakes.MINOR;
  }

  /** All that is shown, one file after another. */
  String text() {
    return String.join("\n", read.stream().map(NumberedDiff::text).toList());
  }
}
