package dev.slipway.agents.review;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.slipway.change.Diff;
import dev.slipway.change.FileChange;
import dev.slipway.change.FileChange.Content;
import dev.slipway.change.FileChange.Hunk;
import dev.slipway.change.FileChange.Kind;
import dev.slipway.change.FileChange.Line;
import dev.slipway.workspace.History;
import dev.slipway.workspace.History.Touch;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ChangeShapeTest {
  private static final Instant NOW = Instant.parse("2026-06-01T00:00:00Z");

  @Test
  void linesOfLocksAndDocumentsHardlyCount() {
    ChangeShape shape =
        shape(file("package-lock.json", 5000), file("docs/a.md", 500), file("a.go", 10));
    assertThat(shape.added()).isCloseTo(10 + 50 + 10, within(0.001));
    assertThat(shape.files()).isEqualTo(1);
  }

  @Test
  void entropyIsZeroForOneFileAndTwoBitsForFourEqualOnes() {
    assertThat(shape(file("a.go", 10)).entropy()).isZero();
    assertThat(shape(file("a.go", 7), file("b.go", 7), file("c.go", 7), file("d.go", 7)).entropy())
        .isCloseTo(2, within(1e-9));
  }

  @Test
  void productionCodeWithoutAnyTestIsUntested() {
    assertThat(shape(file("a.go", 10)).untested()).isEqualTo(1);
    assertThat(shape(file("a.go", 10), file("a_test.go", 1)).untested()).isZero();
    assertThat(shape(file("a.yml", 10)).untested()).isZero();
    assertThat(shape().untested()).isZero();
  }

  @Test
  void theHistoryTellsChurnAuthorsAgeAndExperience() {
    Map<String, List<Touch>> touches =
        Map.of(
            "a.go",
            List.of(
                touch("c1", "me@x.org", 1),
                touch("c2", "you@x.org", 10),
                touch("c3", "you@x.org", 400)),
            "b.go",
            List.of(touch("c1", "ME@x.org", 1)));
    History history = (path, limit) -> touches.getOrDefault(path, List.of());
    Subject subject = subject(Optional.of(history), file("a.go", 1), file("b.go", 1));
    ChangeShape.Past past = ChangeShape.of(subject).past().orElseThrow();
    assertThat(past.touches()).isEqualTo(2);
    assertThat(past.authors()).isEqualTo(1.5);
    assertThat(past.recent()).isCloseTo((2.0 / 3 + 1) / 2, within(1e-9));
    assertThat(past.experience()).isEqualTo(1);
  }

  private static Touch touch(String commit, String author, int daysAgo) {
    return new Touch(commit, author, NOW.minusSeconds(daysAgo * 86_400L));
  }

  private static ChangeShape shape(FileChange... files) {
    return ChangeShape.of(subject(Optional.empty(), files));
  }

  private static Subject subject(Optional<History> history, FileChange... files) {
    return new Subject(
        "",
        "",
        "me@x.org",
        Diff.complete(List.of(files)),
        Optional.empty(),
        Optional.empty(),
        history,
        Optional.empty());
  }

  private static FileChange file(String path, int lines) {
    List<Line> added =
        IntStream.range(0, lines).mapToObj(i -> (Line) new Line.Added("x" + i)).toList();
    return new FileChange(
        Kind.MODIFIED, path, path, 0100644, 0100644, Content.TEXT, List.of(new Hunk(1, 1, added)));
  }
}
