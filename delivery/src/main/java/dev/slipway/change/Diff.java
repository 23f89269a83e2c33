package dev.slipway.change;

import java.util.List;
import java.util.stream.Stream;

/**
 * What a candidate changes against its base, file by file.
 *
 * @param completeness a diff that is not complete must never pass as one that was read
 */
public record Diff(List<FileChange> files, Completeness completeness) {
  /** Whether all of the change is in {@link #files}. */
  public sealed interface Completeness {
    /** Nothing was left out. */
    record Complete() implements Completeness {}

    /** Something was left out: which bound was hit, or what could not be read. */
    record Truncated(String reason) implements Completeness {}
  }

  public Diff {
    files = List.copyOf(files);
  }

  /** A diff in which nothing was left out. */
  public static Diff complete(List<FileChange> files) {
    return new Diff(files, new Completeness.Complete());
  }

  /** Every added line of every file, in order. */
  public Stream<ChangedLine> added() {
    return files.stream().flatMap(file -> file.added().stream());
  }

  /** The number of added plus deleted lines. */
  public int size() {
    return files.stream().mapToInt(file -> file.added().size() + file.deleted().size()).sum();
  }
}
