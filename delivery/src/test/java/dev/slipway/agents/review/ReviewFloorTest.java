package dev.slipway.agents.review;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.agents.review.Detector.Outcome;
import dev.slipway.agents.review.FloorReview.Cause;
import dev.slipway.agents.review.FloorReview.Skipped;
import dev.slipway.change.Diff;
import dev.slipway.change.FileChange;
import dev.slipway.change.FileChange.Content;
import dev.slipway.change.FileChange.Hunk;
import dev.slipway.change.FileChange.Kind;
import dev.slipway.change.FileChange.Line;
import dev.slipway.policy.Finding;
import dev.slipway.policy.Finding.Severity;
import dev.slipway.workspace.History;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ReviewFloorTest {
  private static final Duration BOUND = Duration.ofMinutes(1);

  @Test
  void findingsAreSortedAndWithoutRepetition() {
    List<Finding> found =
        List.of(
            finding("b", Severity.LOW, "z.java", 1),
            finding("b", Severity.LOW, "a.java", 9),
            finding("a", Severity.LOW, "a.java", 9),
            finding("a", Severity.LOW, "a.java", 2),
            finding("b", Severity.LOW, "a.java", 9));
    List<Finding> reversed = new ArrayList<>(found);
    Collections.reverse(reversed);
    FloorReview one = floor(detector("d", found)).review(subject(3));
    FloorReview other = floor(detector("d", reversed)).review(subject(3));
    assertThat(one.findings())
        .extracting(Finding::place, Finding::rule)
        .extracting(Object::toString)
        .containsExactly(
            "(\"a.java:2\", \"a\")",
            "(\"a.java:9\", \"a\")",
            "(\"a.java:9\", \"b\")",
            "(\"z.java:1\", \"b\")");
    assertThat(one.toString()).isEqualTo(other.toString());
  }

  @Test
  void aDetectorThatThrowsIsNamedAndTheOthersStand() {
    Detector broken =
        detector(
            "broken",
            subject -> {
              throw new IllegalStateException("quotes the secret of the change");
            });
    Detector overflowing =
        detector(
            "deep",
            subject -> {
              throw new StackOverflowError();
            });
    FloorReview review =
        floor(broken, overflowing, detector("good", List.of(finding("r", Severity.LOW, "a", 1))))
            .review(subject(1));
    assertThat(review.skipped())
        .containsExactly(
            new Skipped("broken", "failed with IllegalStateException", Cause.FAULT),
            new Skipped("deep", "failed with StackOverflowError", Cause.FAULT));
    assertThat(review.findings()).hasSize(1);
  }

  @Test
  void aDetectorThatDoesNotEndIsNamed() {
    CountDownLatch never = new CountDownLatch(1);
    Detector endless =
        detector(
            "endless",
            subject -> {
              try {
                never.await();
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
              return new Outcome.Inspected(List.of());
            });
    FloorReview review =
        new ReviewFloor(List.of(endless), Duration.ofMillis(20)).review(subject(1));
    assertThat(review.skipped())
        .containsExactly(new Skipped("endless", "did not end within 20 ms", Cause.FAULT));
  }

  @Test
  void partOfAnInspectionIsFindingsAndAReason() {
    Detector partly =
        detector(
            "api", s -> new Outcome.Partly(List.of(finding("r", Severity.LOW, "a", 1)), "no base"));
    FloorReview review = floor(partly).review(subject(1));
    assertThat(review.findings()).hasSize(1);
    assertThat(review.skipped()).containsExactly(new Skipped("api", "no base", Cause.INPUT));
  }

  @Test
  void aTruncatedDiffIsNeverComplete() {
    Subject cut =
        new Subject(
            "",
            "",
            "",
            new Diff(List.of(), new Diff.Completeness.Truncated("300 files")),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty());
    assertThat(floor().review(cut).skipped())
        .containsExactly(new Skipped("diff", "300 files", Cause.FAULT));
  }

  @Test
  void moreFindingsThanTheBoundKeepTheWorst() {
    List<Finding> many = new ArrayList<>();
    IntStream.range(0, 5000).forEach(i -> many.add(finding("r", Severity.LOW, "a", i + 1)));
    many.add(finding("worst", Severity.CRITICAL, "z", 1));
    FloorReview review = floor(detector("d", many)).review(subject(1));
    assertThat(review.findings()).hasSize(ReviewFloor.FINDINGS_MAX + 1);
    assertThat(review.findings()).extracting(Finding::rule).contains("worst", "d.more");
  }

  @Test
  void aHistoryThatCannotBeReadIsNamed() {
    History broken =
        (path, limit) -> {
          throw new java.io.UncheckedIOException(new java.io.IOException("disk"));
        };
    Subject subject = subject(10);
    FloorReview review =
        floor()
            .review(
                new Subject(
                    "",
                    "",
                    "",
                    subject.diff(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.of(broken),
                    Optional.empty()));
    assertThat(review.skipped())
        .containsExactly(new Skipped("history", "failed with UncheckedIOException", Cause.FAULT));
  }

  @Test
  void binariesThatRunAreUnreadAndPicturesAreNot() {
    Diff diff =
        Diff.complete(
            List.of(
                binary("lib/a.jar"),
                binary("logo.PNG"),
                binary("tool"),
                binary("a.so"),
                submodule("sub")));
    FloorReview review =
        floor()
            .review(
                new Subject(
                    "",
                    "",
                    "",
                    diff,
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty()));
    assertThat(review.unread()).containsExactly("a.so", "lib/a.jar", "sub", "tool");
  }

  private static ReviewFloor floor(Detector... detectors) {
    return new ReviewFloor(List.of(detectors), BOUND);
  }

  private static Detector detector(String name, List<Finding> found) {
    return detector(name, subject -> new Outcome.Inspected(found));
  }

  private static Detector detector(
      String name, java.util.function.Function<Subject, Outcome> inspection) {
    return new Detector() {
      @Override
      public String name() {
        return name;
      }

      @Override
      public Outcome inspect(Subject subject) {
        return inspection.apply(subject);
      }
    };
  }

  private static Finding finding(String rule, Severity severity, String file, int line) {
    return new Finding(rule, Finding.Kind.SECURITY, severity, file, line, "m");
  }

  private static FileChange binary(String path) {
    return new FileChange(Kind.ADDED, path, path, 0, 0100644, Content.BINARY, List.of());
  }

  private static FileChange submodule(String path) {
    return new FileChange(Kind.MODIFIED, path, path, 0160000, 0160000, Content.TEXT, List.of());
  }

  private static Subject subject(int lines) {
    List<Line> added =
        IntStream.range(0, lines).mapToObj(i -> (Line) new Line.Added("line " + i)).toList();
    FileChange file =
        new FileChange(
            Kind.ADDED,
            "a.java",
            "a.java",
            0,
            0100644,
            Content.TEXT,
            List.of(new Hunk(0, 1, added)));
    return new Subject(
        "",
        "",
        "me@example.com",
        Diff.complete(List.of(file)),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }
}
