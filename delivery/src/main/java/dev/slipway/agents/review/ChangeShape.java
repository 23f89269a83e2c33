package dev.slipway.agents.review;

import dev.slipway.change.Diff;
import dev.slipway.change.FileChange;
import dev.slipway.workspace.History;
import dev.slipway.workspace.History.Touch;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The numbers of a change that the risk formula weighs. Lines are weighed by the role of their
 * file, so that a regenerated lock file is a small change.
 *
 * @param added weighed added lines
 * @param deleted weighed deleted lines
 * @param files files that are not generated, locked or documentation
 * @param folders distinct folders of these files
 * @param entropy Shannon entropy in bits of the weighed changed lines over the files
 * @param untested 1 if production code is added and no test is touched, else 0
 * @param past what the history says of the files; empty where there is no history
 */
record ChangeShape(
    double added,
    double deleted,
    int files,
    int folders,
    double entropy,
    double untested,
    Optional<Past> past) {

  /** Histories are asked for the most changed files only: a renamed tree must not take minutes. */
  private static final int FILES_MAX = 40;

  private static final int TOUCHES_MAX = 100;

  /**
   * What the history says.
   *
   * @param touches mean number of earlier commits per file (at most 100 counted)
   * @param authors mean number of earlier authors per file
   * @param recent mean share of a file's earlier commits made in the 90 days before the newest
   *     commit that touched any of the files
   * @param experience the author's earlier commits to these files, all together
   */
  record Past(double touches, double authors, double recent, int experience) {}

  /** Measures the change; throws what the history throws. */
  static ChangeShape of(Subject subject) {
    ChangeShape shape = withoutHistory(subject.diff());
    Optional<Past> past =
        subject.history().map(history -> past(history, counted(subject.diff()), subject.author()));
    return new ChangeShape(
        shape.added,
        shape.deleted,
        shape.files,
        shape.folders,
        shape.entropy,
        shape.untested,
        past);
  }

  /** Measures what the diff alone can tell. */
  static ChangeShape withoutHistory(Diff diff) {
    double added = 0;
    double deleted = 0;
    Set<String> folders = new HashSet<>();
    List<Double> weights = new ArrayList<>();
    for (FileChange file : diff.files()) {
      FileRole role = FileRole.of(file.path());
      int more = file.added().size();
      int less = file.deleted().size();
      added += role.weight * more;
      deleted += role.weight * less;
      weights.add(role.weight * (more + less));
    }
    List<FileChange> counted = counted(diff);
    for (FileChange file : counted) {
      folders.add(file.path().substring(0, Math.max(0, file.path().lastIndexOf('/'))));
    }
    return new ChangeShape(
        added,
        deleted,
        counted.size(),
        folders.size(),
        entropy(weights),
        untested(diff),
        Optional.empty());
  }

  private static List<FileChange> counted(Diff diff) {
    return diff.files().stream()
        .filter(
            file ->
                switch (FileRole.of(file.path())) {
                  case PRODUCTION, TEST -> true;
                  case DOCUMENTATION, GENERATED, LOCK -> false;
                })
        .toList();
  }

  private static double entropy(List<Double> weights) {
    double total = weights.stream().mapToDouble(Double::doubleValue).sum();
    if (total <= 0) {
      return 0;
    }
    double bits = 0;
    for (double weight : weights) {
      double share = weight / total;
      bits -= share > 0 ? share * Math.log(share) / Math.log(2) : 0;
    }
    return Math.max(0, bits);
  }

  private static double untested(Diff diff) {
    int production = 0;
    for (FileChange file : diff.files()) {
      FileRole role = FileRole.of(file.path());
      if (role == FileRole.TEST && file.kind() != FileChange.Kind.DELETED) {
        return 0;
      }
      production += role == FileRole.PRODUCTION && isCode(file.path()) ? file.added().size() : 0;
    }
    return production > 0 ? 1 : 0;
  }

  private static boolean isCode(String path) {
    int dot = path.lastIndexOf('.');
    return dot > path.lastIndexOf('/') && CODE.contains(path.substring(dot + 1));
  }

  private static final Set<String> CODE =
      Set.of(
          "java", "kt", "kts", "scala", "groovy", "py", "js", "jsx", "mjs", "cjs", "ts", "tsx",
          "go", "rs", "rb", "php", "cs", "c", "h", "cc", "cpp", "hpp", "m", "mm", "swift", "ex",
          "exs", "erl", "clj", "dart", "lua", "pl", "pm", "r", "jl", "hs", "ml", "vue", "svelte");

  private static Past past(History history, List<FileChange> files, String author) {
    List<List<Touch>> touches =
        files.stream()
            .sorted(
                Comparator.comparingInt(ChangeShape::lines)
                    .reversed()
                    .thenComparing(FileChange::path))
            .limit(FILES_MAX)
            .map(file -> history.touches(file.oldPath(), TOUCHES_MAX))
            .toList();
    Optional<Instant> newest =
        touches.stream().flatMap(List::stream).map(Touch::at).max(Comparator.naturalOrder());
    Instant recently = newest.orElse(Instant.EPOCH).minus(Duration.ofDays(90));
    Set<String> own = new HashSet<>();
    for (List<Touch> file : touches) {
      file.stream()
          .filter(touch -> isSame(touch.authorEmail(), author))
          .forEach(touch -> own.add(touch.commit()));
    }
    return new Past(
        mean(touches, List::size),
        mean(touches, file -> file.stream().map(Touch::authorEmail).distinct().count()),
        mean(touches, file -> shareAfter(file, recently)),
        own.size());
  }

  /** A forge knows an author by login, git by e-mail: the part before the at sign joins them. */
  private static boolean isSame(String email, String author) {
    int at = email.indexOf('@');
    String name = at < 0 ? email : email.substring(0, at);
    String local = name.substring(name.indexOf('+') + 1);
    return !author.isBlank() && (email.equalsIgnoreCase(author) || local.equalsIgnoreCase(author));
  }

  private static int lines(FileChange file) {
    return file.added().size() + file.deleted().size();
  }

  private static double shareAfter(List<Touch> file, Instant after) {
    return file.isEmpty()
        ? 0
        : (double) file.stream().filter(touch -> touch.at().isAfter(after)).count() / file.size();
  }

  private static double mean(
      List<List<Touch>> files, java.util.function.ToDoubleFunction<List<Touch>> measure) {
    return files.stream().mapToDouble(measure).average().orElse(0);
  }
}
