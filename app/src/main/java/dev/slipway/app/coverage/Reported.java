package dev.slipway.app.coverage;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Supplier;

/** What one coverage report says, under its own names of files. */
final class Reported {
  private static final int FILES_MAX = 200_000;

  /** Which lines of a file can be executed, and which were. */
  interface Coverage {
    /**
     * @param source the file's text, for formats that need it; empty if it cannot be read
     */
    SortedMap<Integer, Boolean> lines(Supplier<Optional<String>> source) throws Malformed;
  }

  /** Whether a line was executed. */
  enum Execution {
    YES,
    NO;

    static Execution of(String count) {
      return Numbers.isPositive(count) ? YES : NO;
    }
  }

  /** Lines, each with its count, as most formats list them. */
  static final class Lines implements Coverage {
    private final SortedMap<Integer, Boolean> executed = new TreeMap<>();

    /** Notes a line; executed once is executed. Numbers that are no line's are left out. */
    void add(int line, Execution execution) {
      if (line > 0) {
        executed.merge(line, execution == Execution.YES, Boolean::logicalOr);
      }
    }

    @Override
    public SortedMap<Integer, Boolean> lines(Supplier<Optional<String>> source) {
      return executed;
    }
  }

  /**
   * A file as the report names it.
   *
   * @param names paths it may have, likeliest first; relative or absolute
   * @param module the module it belongs to; empty where the report does not say
   */
  record Entry(List<String> names, String module, Coverage coverage) {}

  private final List<Entry> entries = new ArrayList<>();

  void add(List<String> names, String module, Coverage coverage) throws Malformed {
    if (entries.size() >= FILES_MAX) {
      throw new Malformed("it names more than " + FILES_MAX + " files");
    }
    List<String> normal = names.stream().map(Paths::normal).distinct().toList();
    entries.add(new Entry(normal, module, coverage));
  }

  List<Entry> files() {
    return entries;
  }
}
