package dev.slipway.agents.testing;

import dev.slipway.change.ChangedLine;
import dev.slipway.change.Diff;
import dev.slipway.change.FileChange;
import dev.slipway.policy.Finding;
import dev.slipway.policy.Finding.Kind;
import dev.slipway.policy.Finding.Severity;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * How much of a change the tests execute. A changed source file that no report mentions was never
 * loaded, so all of its lines count as not executed; only where the language's tool lists every
 * compiled class does absence mean that there is nothing to execute.
 *
 * @param executable changed lines that can be executed
 * @param covered those of them that were
 * @param uncovered those that were not, by file
 */
record ChangedCoverage(
    int executable, int covered, SortedMap<String, SortedSet<Integer>> uncovered) {
  static ChangedCoverage of(Diff diff, Map<String, SortedMap<Integer, Boolean>> lines) {
    int executable = 0;
    int covered = 0;
    SortedMap<String, SortedSet<Integer>> gaps = new TreeMap<>();
    for (FileChange file : diff.files()) {
      if (file.kind() == FileChange.Kind.DELETED || Sources.isTest(file.path())) {
        continue;
      }
      SortedMap<Integer, Boolean> reported = lines.get(file.path());
      TreeSet<Integer> uncovered = new TreeSet<>();
      for (ChangedLine line : file.added()) {
        if (reported == null) {
          if (Sources.absentMeansUnloaded(file.path()) && Sources.isCode(line.text())) {
            executable++;
            uncovered.add(line.line());
          }
        } else if (reported.containsKey(line.line())) {
          executable++;
          if (Boolean.TRUE.equals(reported.get(line.line()))) {
            covered++;
          } else {
            uncovered.add(line.line());
          }
        }
      }
      if (!uncovered.isEmpty()) {
        gaps.put(file.path(), uncovered);
      }
    }
    return new ChangedCoverage(executable, covered, gaps);
  }

  /** A finding for each file that has lines that were not executed. */
  List<Finding> gaps() {
    return uncovered.entrySet().stream()
        .map(
            it ->
                new Finding(
                    "coverage.gap",
                    Kind.COVERAGE_GAP,
                    Severity.LOW,
                    it.getKey(),
                    it.getValue().first(),
                    it.getValue().size()
                        + " changed lines are not executed by any test: "
                        + it.getValue()))
        .toList();
  }
}
