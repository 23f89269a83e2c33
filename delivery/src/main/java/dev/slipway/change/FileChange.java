package dev.slipway.change;

import java.util.List;

/**
 * One file of a diff.
 *
 * @param kind what happened to it
 * @param oldPath its path in the base; the new path if it did not exist there
 * @param path its path in the candidate; the old path if it was deleted
 * @param oldMode git file mode in the base (octal, such as 100644; 0 if absent)
 * @param mode git file mode in the candidate (120000 is a symbolic link, 160000 a submodule)
 * @param hunks the changed regions in order; empty for binary files and for pure renames
 */
public record FileChange(
    Kind kind,
    String oldPath,
    String path,
    int oldMode,
    int mode,
    Content content,
    List<Hunk> hunks) {

  /** What happened to a file. */
  public enum Kind {
    ADDED,
    MODIFIED,
    DELETED,
    RENAMED,
    COPIED
  }

  /** Whether hunks could be read. */
  public enum Content {
    TEXT,
    BINARY
  }

  /** A changed region. Lines count from 1; a side with no lines starts at the line before it. */
  public record Hunk(int oldStart, int newStart, List<Line> lines) {
    public Hunk {
      lines = List.copyOf(lines);
    }
  }

  /** A line of a hunk, without its line terminator. */
  public sealed interface Line {
    String text();

    record Context(String text) implements Line {}

    record Added(String text) implements Line {}

    record Deleted(String text) implements Line {}
  }

  public FileChange {
    hunks = List.copyOf(hunks);
  }

  /** The added lines with their numbers in the candidate. */
  public List<ChangedLine> added() {
    return hunks.stream().flatMap(hunk -> number(hunk, Side.NEW).stream()).toList();
  }

  /** The deleted lines with their numbers in the base. */
  public List<ChangedLine> deleted() {
    return hunks.stream().flatMap(hunk -> number(hunk, Side.OLD).stream()).toList();
  }

  private enum Side {
    OLD,
    NEW
  }

  private List<ChangedLine> number(Hunk hunk, Side side) {
    List<ChangedLine> out = new java.util.ArrayList<>();
    int oldLine = hunk.oldStart();
    int newLine = hunk.newStart();
    for (Line line : hunk.lines()) {
      switch (line) {
        case Line.Context ignored -> {
          oldLine++;
          newLine++;
        }
        case Line.Added added -> {
          if (side == Side.NEW) {
            out.add(new ChangedLine(path, newLine, added.text()));
          }
          newLine++;
        }
        case Line.Deleted deleted -> {
          if (side == Side.OLD) {
            out.add(new ChangedLine(oldPath, oldLine, deleted.text()));
          }
          oldLine++;
        }
      }
    }
    return out;
  }
}
