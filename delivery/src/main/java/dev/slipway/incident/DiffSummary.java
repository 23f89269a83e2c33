package dev.slipway.incident;

import dev.slipway.agents.review.FileRole;
import dev.slipway.change.Diff;
import dev.slipway.change.FileChange;
import dev.slipway.change.Printable;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What a change is, in numbers.
 *
 * @param files those with the most changed lines, at most 50
 * @param filesTotal all of them
 * @param incomplete why not all of the change is in it; empty if it is
 */
public record DiffSummary(
    List<FileSummary> files, int filesTotal, int added, int deleted, Optional<String> incomplete) {
  private static final int FILES_MAX = 50;

  /**
   * A file.
   *
   * @param kind what happened to it, such as {@code modified}
   * @param role what it is for, such as {@code production} or {@code test}
   */
  public record FileSummary(String path, String kind, String role, int added, int deleted) {}

  public DiffSummary {
    files = List.copyOf(files);
  }

  static DiffSummary of(Diff diff) {
    List<FileSummary> files = diff.files().stream().map(DiffSummary::of).toList();
    return new DiffSummary(
        files.stream()
            .sorted(
                Comparator.comparingInt((FileSummary it) -> it.added() + it.deleted()).reversed())
            .limit(FILES_MAX)
            .toList(),
        files.size(),
        files.stream().mapToInt(FileSummary::added).sum(),
        files.stream().mapToInt(FileSummary::deleted).sum(),
        switch (diff.completeness()) {
          case Diff.Completeness.Complete ignored -> Optional.empty();
          case Diff.Completeness.Truncated(String reason) -> Optional.of(Printable.of(reason));
        });
  }

  private static FileSummary of(FileChange file) {
    return new FileSummary(
        Printable.of(file.path()),
        file.kind().name().toLowerCase(Locale.ROOT),
        FileRole.of(file.path()).name().toLowerCase(Locale.ROOT),
        file.added().size(),
        file.deleted().size());
  }
}
