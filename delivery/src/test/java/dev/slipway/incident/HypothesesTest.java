package dev.slipway.incident;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.slipway.change.Diff;
import dev.slipway.change.FileChange.Kind;
import dev.slipway.change.FileChange.Line;
import dev.slipway.evidence.FakeEvidenceStore;
import dev.slipway.model.Conversation;
import dev.slipway.model.FakeModel;
import dev.slipway.model.Purse;
import dev.slipway.policy.Finding;
import dev.slipway.policy.Finding.Severity;
import dev.slipway.project.Budget;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class HypothesesTest {
  private static final String PATH = "src/Shop.java";
  private static final Diff DIFF =
      Diff.complete(
          List.of(
              MadeUp.file(
                  PATH,
                  Kind.MODIFIED,
                  List.of(
                      new Line.Context("class Shop {"),
                      new Line.Deleted("  int cached;"),
                      new Line.Added("  void go() { Thread.sleep(900); }")))));

  private final FakeEvidenceStore evidence = new FakeEvidenceStore();
  private final List<Finding> findings = new ArrayList<>();
  private Budget budget = Budget.DEFAULT;

  private Cause cause(FakeModel model) throws InterruptedException {
    Incident incident =
        MadeUp.rollback(DIFF, MadeUp.slow())
            .incident(Optional.empty(), new Cause.Asked(model.id()));
    return new Hypotheses(new Conversation(model, new Purse(budget), evidence), DIFF, findings)
        .cause(incident);
  }

  private static Explanation naming(Explanation.Line... lines) {
    return new Explanation("It sleeps for each request.", "Time a request.", List.of(lines));
  }

  @Test
  void aHypothesisThatNamesAChangedLineStands() throws Exception {
    FakeModel model =
        new FakeModel(
            question ->
                naming(
                    new Explanation.Line(PATH, 2, "Thread.sleep(900)"),
                    new Explanation.Line(PATH, 2, "int cached"),
                    new Explanation.Line(PATH, 1, "class Shop"),
                    new Explanation.Line("src/Other.java", 7, "never")));

    assertThat(cause(model))
        .isEqualTo(
            new Cause.Hypothesis(
                "fake/model",
                "It sleeps for each request.",
                "Time a request.",
                List.of(new Cause.Place(PATH, 2)),
                3));
    assertThat(evidence.all()).hasSize(1);
  }

  @Test
  void oneThatNamesNoChangedLineIsNone() throws Exception {
    assertThat(why(new FakeModel(question -> naming(new Explanation.Line(PATH, 2, "not there")))))
        .contains("none of the lines");
  }

  @Test
  void aModelThatDoesNotAnswerLeavesTheEvidenceAlone() throws Exception {
    assertThat(why(new FakeModel(question -> new FakeModel.Says.Nothing("timed out after 60 s"))))
        .contains("gave no hypothesis", "timed out after 60 s");
    assertThat(why(new FakeModel(question -> new FakeModel.Says.No()))).contains("it would not");
    assertThat(why(new FakeModel(question -> new FakeModel.Says.Nonsense("no JSON", "{"))))
        .contains("nor could the repaired one", "no JSON");
    budget = new Budget(12_000, 0.0001, Duration.ofMinutes(1), 1);
    assertThat(why(new FakeModel(question -> naming()))).contains("budget");
    budget = new Budget(0, 0, Duration.ZERO, 1);
    assertThat(why(new FakeModel(question -> naming()))).contains("budget");
  }

  private String why(FakeModel model) throws InterruptedException {
    return ((Cause.RankedEvidence) cause(model)).why();
  }

  @Test
  void hostileTextIsFencedAndCredentialsAreWithheld_P1() throws Exception {
    findings.add(
        new Finding("secret.x", Finding.Kind.SECRET, Severity.CRITICAL, PATH, 2, "a password"));
    FakeModel model = new FakeModel(question -> new FakeModel.Says.No());

    cause(model);

    String asked = model.questions().getFirst().transcript();
    assertThat(asked).doesNotContain("Thread.sleep").contains("withheld");
    assertThat(asked).contains("<data-", "what was seen in production");
    assertThat(evidence.all())
        .allSatisfy(it -> assertThat(new String(it)).doesNotContain("sleep("));
  }

  @Test
  void anAnswerWithoutACauseOrALineIsNoAnswer() {
    assertThatIllegalArgumentException().isThrownBy(HypothesesTest::naming);
  }
}
