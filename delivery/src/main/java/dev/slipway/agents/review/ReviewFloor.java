package dev.slipway.agents.review;

import dev.slipway.agents.review.Detector.Outcome;
import dev.slipway.agents.review.FloorReview.Cause;
import dev.slipway.agents.review.FloorReview.Skipped;
import dev.slipway.change.Diff;
import dev.slipway.change.FileChange;
import dev.slipway.policy.Finding;
import dev.slipway.policy.Finding.Severity;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Runs the detectors over a change and rates its risk. A detector that throws or does not end in
 * time is reported as skipped; the others' facts stand.
 */
public final class ReviewFloor {
  /** More findings of one detector than this are counted, not listed; the worst are kept. */
  static final int FINDINGS_MAX = 500;

  private static final Comparator<Finding> ORDER =
      Comparator.comparing(Finding::file)
          .thenComparingInt(Finding::line)
          .thenComparing(Finding::rule)
          .thenComparing(Finding::severity, Comparator.reverseOrder())
          .thenComparing(Finding::kind)
          .thenComparing(Finding::message);

  private static final int SUBMODULE = 0160000;

  /** Content that is shown or played, never run. */
  private static final Set<String> MEDIA =
      Set.of(
          "png", "jpg", "jpeg", "gif", "webp", "avif", "ico", "bmp", "tif", "tiff", "icns", "woff",
          "woff2", "ttf", "otf", "eot", "mp3", "mp4", "wav", "ogg", "webm", "mov", "flac", "pdf",
          "psd");

  private final List<Detector> detectors;
  private final Duration perDetector;

  /**
   * @param detectors run in this order, one after another
   * @param perDetector how long each may take
   */
  public ReviewFloor(List<Detector> detectors, Duration perDetector) {
    this.detectors = List.copyOf(detectors);
    this.perDetector = perDetector;
  }

  /** The facts about the change. Throws nothing for any input. */
  public FloorReview review(Subject subject) {
    List<Finding> findings = new ArrayList<>();
    List<Skipped> skipped = new ArrayList<>();
    if (subject.diff().completeness() instanceof Diff.Completeness.Truncated truncated) {
      skipped.add(new Skipped("diff", truncated.reason(), Cause.FAULT));
    }
    for (Detector detector : detectors) {
      switch (run(detector, subject, skipped)) {
        case Outcome.Inspected(var found) -> findings.addAll(bounded(detector, found));
        case Outcome.Partly(var found, var why) -> {
          findings.addAll(bounded(detector, found));
          skipped.add(new Skipped(detector.name(), why, Cause.INPUT));
        }
        case Outcome.Skipped(var why) ->
            skipped.add(new Skipped(detector.name(), why, Cause.INPUT));
      }
    }
    List<Finding> sorted = findings.stream().distinct().sorted(ORDER).toList();
    RiskFormula.Risk risk = RiskFormula.of(shape(subject, skipped), sorted);
    return new FloorReview(
        sorted, risk.terms(), risk.score(), risk.risk(), skipped, unread(subject.diff()));
  }

  private static ChangeShape shape(Subject subject, List<Skipped> skipped) {
    try {
      return ChangeShape.of(subject);
    } catch (RuntimeException e) {
      skipped.add(
          new Skipped("history", "failed with " + e.getClass().getSimpleName(), Cause.FAULT));
      return ChangeShape.withoutHistory(subject.diff());
    }
  }

  /** A detector that fails or does not end is a fault, and has found nothing. */
  private Outcome run(Detector detector, Subject subject, List<Skipped> skipped) {
    FutureTask<Outcome> task = new FutureTask<>(() -> detector.inspect(subject));
    Thread thread =
        Thread.ofPlatform().daemon().name("detector-" + detector.name()).unstarted(task);
    thread.start();
    try {
      return task.get(perDetector.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      task.cancel(true);
      return fault(detector, "did not end within " + perDetector.toMillis() + " ms", skipped);
    } catch (ExecutionException e) {
      // Only the fault's type: its message may quote the change, and with it a secret.
      return fault(detector, "failed with " + type(e), skipped);
    } catch (InterruptedException e) {
      task.cancel(true);
      Thread.currentThread().interrupt();
      return fault(detector, "was interrupted", skipped);
    }
  }

  private static Outcome fault(Detector detector, String why, List<Skipped> skipped) {
    skipped.add(new Skipped(detector.name(), why, Cause.FAULT));
    return new Outcome.Inspected(List.of());
  }

  private static String type(ExecutionException e) {
    Throwable cause = e.getCause();
    return (cause == null ? e : cause).getClass().getSimpleName();
  }

  private static List<Finding> bounded(Detector detector, List<Finding> found) {
    List<Finding> distinct = found.stream().distinct().toList();
    if (distinct.size() <= FINDINGS_MAX) {
      return distinct;
    }
    List<Finding> kept =
        new ArrayList<>(
            distinct.stream()
                .sorted(
                    Comparator.comparing(Finding::severity, Comparator.reverseOrder())
                        .thenComparing(ORDER))
                .limit(FINDINGS_MAX)
                .toList());
    Finding last = kept.getLast();
    kept.add(
        new Finding(
            detector.name() + ".more",
            last.kind(),
            Severity.INFO,
            last.file(),
            0,
            (distinct.size() - FINDINGS_MAX)
                + " more findings, none worse than those listed; "
                + FINDINGS_MAX
                + " are listed at most"));
    return kept;
  }

  private static List<String> unread(Diff diff) {
    return diff.files().stream()
        .filter(file -> file.content() == FileChange.Content.BINARY || file.mode() == SUBMODULE)
        .filter(file -> file.kind() != FileChange.Kind.DELETED)
        .map(FileChange::path)
        .filter(path -> !MEDIA.contains(ending(path)))
        .sorted()
        .distinct()
        .toList();
  }

  private static String ending(String path) {
    return path.substring(path.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
  }
}
