package dev.slipway.agents.testing;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;

/** Reads the reports that test runners and coverage tools leave. The files are untrusted. */
public interface TestReports {
  /** The JUnit XML files under {@code root} that match the globs, added up. */
  Results results(Path root, List<String> globs);

  /**
   * The coverage files under {@code root} that match the globs, joined; paths are those of {@code
   * sources}, to which the reports' own notions of a path are matched.
   *
   * @param sources all paths of the candidate's tree
   */
  CoverageResult coverage(Path root, List<String> globs, List<String> sources);

  /** What the runner reported. */
  sealed interface Results {
    /** At least one report was read. */
    record Ran(int executed, int skipped, List<Failure> failures) implements Results {
      public Ran {
        failures = List.copyOf(failures);
      }
    }

    /** No report, or one that cannot be read: which, and why. */
    record Unreadable(String reason) implements Results {}
  }

  /** A failed or broken test. */
  record Failure(String test, String message) {}

  /** What was covered. */
  sealed interface CoverageResult {
    /**
     * By path, by line: whether the line, which is executable, was executed. Lines not listed are
     * not executable.
     */
    record Covered(Map<String, SortedMap<Integer, Boolean>> lines) implements CoverageResult {}

    /** No report, or one that cannot be read or matched: which, and why. */
    record Unreadable(String reason) implements CoverageResult {}
  }
}
