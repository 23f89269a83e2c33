package dev.slipway.agents.review;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.agents.review.Assessment.Claim;
import dev.slipway.agents.review.Assessment.Concern;
import dev.slipway.agents.review.Refutations.Refutation;
import dev.slipway.agents.review.Refutations.Ruling;
import dev.slipway.change.CommitId;
import dev.slipway.change.Diff;
import dev.slipway.change.Digest;
import dev.slipway.change.FileChange;
import dev.slipway.change.FileChange.Content;
import dev.slipway.change.FileChange.Hunk;
import dev.slipway.change.FileChange.Kind;
import dev.slipway.change.FileChange.Line;
import dev.slipway.change.SourceTree;
import dev.slipway.evidence.FakeEvidenceStore;
import dev.slipway.model.Conversation;
import dev.slipway.model.FakeModel;
import dev.slipway.model.Purse;
import dev.slipway.policy.Check;
import dev.slipway.policy.Disposition;
import dev.slipway.policy.Finding;
import dev.slipway.policy.Finding.Severity;
import dev.slipway.policy.Judgement;
import dev.slipway.policy.Measurement;
import dev.slipway.policy.Policy;
import dev.slipway.policy.Report;
import dev.slipway.policy.Thresholds;
import dev.slipway.policy.Thresholds.ModelUse;
import dev.slipway.policy.Verdict;
import dev.slipway.project.Budget;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ModelReviewTest {
  private static final String DANGER = "runtime.exec(request.command())";
  private static final Claim EXEC =
      claim("src/App.java", 11, DANGER, Severity.CRITICAL, "a caller runs any command");

  private final FakeEvidenceStore evidence = new FakeEvidenceStore();

  private static Claim claim(String file, int line, String quote, Severity severity, String why) {
    return new Claim(file, line, quote, Concern.SECURITY, severity, why);
  }

  private static FileChange file(String path, int start, String... added) {
    return new FileChange(
        Kind.MODIFIED,
        path,
        path,
        0100644,
        0100644,
        Content.TEXT,
        List.of(
            new Hunk(
                start,
                start,
                java.util.stream.Stream.concat(
                        java.util.stream.Stream.of(
                            new Line.Context("// before"), new Line.Deleted("check(user);")),
                        java.util.Arrays.stream(added).<Line>map(Line.Added::new))
                    .toList())));
  }

  private static Subject subject(FileChange... files) {
    return new Subject(
        "a title",
        "a body",
        "ada",
        Diff.complete(List.of(files)),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  private static final Subject CHANGE = subject(file("src/App.java", 10, DANGER, "done();"));

  private static FloorReview floor(Finding... findings) {
    return new FloorReview(List.of(findings), List.of(), 2.4, 2, List.of(), List.of());
  }

  private Opinion opinion(FakeModel model, Subject subject, FloorReview floor, Budget budget)
      throws InterruptedException {
    Conversation conversation = new Conversation(model, new Purse(budget), evidence);
    return new ModelReview(conversation, subject, floor).opinion();
  }

  private Report report(FakeModel model) throws InterruptedException {
    return report(opinion(model, CHANGE, floor(), Budget.DEFAULT), CHANGE, floor());
  }

  private static Report report(Opinion opinion, Subject subject, FloorReview floor) {
    return new ReviewReport(floor, subject, opinion)
        .report("review/test", text -> Digest.of(text.getBytes(UTF_8)));
  }

  private static FakeModel saying(Assessment assessment, Refutation... rulings) {
    return new FakeModel(
        question ->
            question.answer() == Assessment.class ? assessment : new Refutations(List.of(rulings)));
  }

  private static Judgement judged(Report report, ModelUse use) {
    Thresholds usual = Thresholds.DEFAULT;
    return new Policy(
            new Thresholds(
                usual.riskMax(),
                usual.coverageMin(),
                usual.errorRateMax(),
                usual.latencyP99Max(),
                usual.regressionTolerance(),
                usual.flakyTestsMax(),
                use))
        .judge(report, new CommitId("0".repeat(40)), List.of());
  }

  private static double measured(Report report, String name) {
    return report.measurements().stream()
        .filter(it -> it.name().equals(name))
        .mapToDouble(it -> ((Measurement.Value) it).value())
        .findFirst()
        .orElseThrow();
  }

  private static Check check(Report report, String name) {
    return report.checks().stream().filter(it -> it.name().equals(name)).findFirst().orElseThrow();
  }

  @Test
  void aClaimThatQuotesItsLineIsAFinding() throws Exception {
    Report report = report(saying(new Assessment(4, "it runs commands", List.of(EXEC))));
    assertThat(report.findings())
        .containsExactly(
            new Finding(
                "model.security",
                Finding.Kind.SECURITY,
                Severity.CRITICAL,
                "src/App.java",
                11,
                "a caller runs any command"));
    assertThat(judged(report, ModelUse.OPTIONAL).disposition()).isInstanceOf(Disposition.Ask.class);
  }

  /** P13: findings on lines that are not in the diff. */
  @Test
  void claimsThatQuoteWhatIsNotThereAreDroppedAndCounted() throws Exception {
    Report report =
        report(
            saying(
                new Assessment(
                    3,
                    "",
                    List.of(
                        claim("src/App.java", 12, DANGER, Severity.HIGH, "another line"),
                        claim("src/Other.java", 11, DANGER, Severity.HIGH, "another file"),
                        claim("src/App.java", 11, "runtime.eval(", Severity.HIGH, "other words"),
                        claim("src/App.java", 11, " ", Severity.HIGH, "no words"),
                        claim("src/App.java", 999, DANGER, Severity.HIGH, "not in the diff"),
                        claim("src/App.java", 11, "check(user);", Severity.LOW, "removed")))));
    assertThat(report.findings()).extracting(Finding::message).containsExactly("removed");
    assertThat(check(report, "model").message()).contains("5 claims dropped");
  }

  /** P1, P13: no reply lowers the floor. */
  @Test
  void theModelRaisesTheRiskAndNeverLowersIt() throws Exception {
    assertThat(measured(report(saying(new Assessment(9, "", List.of()))), "review.risk"))
        .isEqualTo(9);
    Report lower = report(saying(new Assessment(1, "all is well", List.of())));
    assertThat(measured(lower, "review.risk")).isEqualTo(2);
    assertThat(measured(lower, "review.risk_score")).isEqualTo(2.4);
    assertThat(measured(lower, "review.risk_model")).isEqualTo(1);
  }

  @Test
  void aGraveClaimThatIsRefutedIsDroppedAndCounted() throws Exception {
    Report report =
        report(
            saying(
                new Assessment(3, "", List.of(EXEC)),
                new Refutation(1, Ruling.REFUTED, "line 11 is never reached")));
    assertThat(report.findings()).isEmpty();
    assertThat(check(report, "model").message()).contains("1 refuted");
  }

  @Test
  void aClaimWithContradictingRulingsStands() throws Exception {
    Report report =
        report(
            saying(
                new Assessment(3, "", List.of(EXEC)),
                new Refutation(1, Ruling.REFUTED, "no"),
                new Refutation(1, Ruling.STANDS, "yes"),
                new Refutation(7, Ruling.REFUTED, "no such claim")));
    assertThat(report.findings()).hasSize(1);
  }

  @Test
  void aGraveClaimThatCouldNotBeExaminedStands() throws Exception {
    FakeModel model =
        new FakeModel(
            question ->
                question.answer() == Assessment.class
                    ? new Assessment(3, "", List.of(EXEC))
                    : new FakeModel.Says.Nothing("529"));
    Report report = report(model);
    assertThat(report.findings()).hasSize(1);
    assertThat(check(report, "model").message()).contains("not examined", "529");
  }

  @Test
  void whatIsNotGraveIsNotExamined() throws Exception {
    FakeModel model =
        saying(
            new Assessment(
                3,
                "",
                List.of(claim("src/App.java", 11, DANGER, Severity.MEDIUM, "slow to start"))));
    assertThat(report(model).findings()).hasSize(1);
    assertThat(model.questions()).hasSize(1);
  }

  @Test
  void theExaminationIsASeparateConversation() throws Exception {
    FakeModel model = saying(new Assessment(3, "believe me", List.of(EXEC)));
    report(model);
    assertThat(model.questions()).hasSize(2);
    assertThat(model.questions().getLast().transcript())
        .contains("review.refute", "a caller runs any command", DANGER)
        .doesNotContain("believe me");
  }

  /** P13, P14: broken, cut or missing replies. */
  @Test
  void aModelThatGivesNoReviewWasNotRunWhateverThePolicyTolerates() throws Exception {
    for (FakeModel.Says says :
        List.of(
            new FakeModel.Says.Nonsense("broken JSON", "{"),
            new FakeModel.Says.No(),
            new FakeModel.Says.Nothing("no whole reply within 3000 ms"))) {
      Report report = report(new FakeModel(question -> says));
      for (ModelUse use : ModelUse.values()) {
        Judgement judgement = judged(report, use);
        assertThat(judgement.verdict()).isInstanceOf(Verdict.NotRun.class);
        assertThat(judgement.disposition()).isInstanceOf(Disposition.Ask.class);
      }
      assertThat(measured(report, "review.risk")).isEqualTo(2);
    }
  }

  /** P15: budget exhausted half-way. */
  @Test
  void aSpentBudgetIsNamedInTheVerdict() throws Exception {
    Opinion opinion =
        opinion(
            saying(new Assessment(1, "", List.of())),
            CHANGE,
            floor(),
            new Budget(12_000, 5, Duration.ofMinutes(1), 1));
    Judgement judgement = judged(report(opinion, CHANGE, floor()), ModelUse.OPTIONAL);
    assertThat(judgement.verdict()).isInstanceOf(Verdict.NotRun.class);
    assertThat(judgement.verdict().reasons().getFirst().message()).contains("budget", "tokens");
  }

  @Test
  void withoutAModelThePolicyDecides() {
    Report report = ReviewAgent.report(floor(), CHANGE);
    assertThat(check(report, "model").message()).isEqualTo("floor only, no model is configured");
    assertThat(judged(report, ModelUse.OPTIONAL).verdict()).isInstanceOf(Verdict.Pass.class);
    assertThat(judged(report, ModelUse.REQUIRED).verdict()).isInstanceOf(Verdict.NotRun.class);
  }

  @Test
  void everyFileThatWasNotReadIsListedAndARiskyOneIsForAPerson() throws Exception {
    String[] lines =
        IntStream.range(0, 3_000).mapToObj(i -> "line " + i + ";").toArray(String[]::new);
    Subject large =
        subject(
            file("src/App.java", 10, DANGER),
            file("src/Large.java", 1, lines),
            file("docs/large.md", 1, lines));
    FakeModel model = saying(new Assessment(1, "", List.of()));
    Budget budget = new Budget(60_000, 5, Duration.ofMinutes(1), 1);
    Finding fact =
        new Finding(
            "r", Finding.Kind.SECURITY, Severity.HIGH, "src/App.java", 11, "the riskiest first");
    Report report = report(opinion(model, large, floor(fact), budget), large, floor(fact));
    assertThat(model.questions().getFirst().transcript()).contains(DANGER, "2 of its files");
    assertThat(check(report, "read src/Large.java").outcome()).isEqualTo(Check.Outcome.NOT_RUN);
    assertThat(report.notes()).contains("not read by the model: docs/large.md");
    assertThat(report.evidence()).containsKey("review.unread");
    assertThat(judged(report, ModelUse.OPTIONAL).verdict().reasons())
        .extracting(reason -> reason.subject())
        .contains("read src/Large.java");
  }

  @Test
  void aReportOfThousandsOfUnreadFilesIsBounded() throws Exception {
    FileChange[] files =
        IntStream.range(0, 3_000)
            .mapToObj(i -> file("src/of/some/length/File" + i + ".java", 1, "x".repeat(500)))
            .toArray(FileChange[]::new);
    Subject many = subject(files);
    Report report =
        report(
            opinion(
                saying(new Assessment(1, "", List.of())),
                many,
                floor(),
                new Budget(60_000, 5, Duration.ofMinutes(1), 1)),
            many,
            floor());
    assertThat(report.checks()).hasSizeLessThan(110);
    assertThat(check(report, "read the other files").message()).contains("review.unread");
  }

  /** P2, P3, P10: hidden text is shown, secrets are not. */
  @Test
  void whatTheModelIsGivenHidesNothingAndHoldsNoSecret() throws Exception {
    Subject subject =
        subject(
            file(
                "src/App\u202e.java",
                1,
                "key = \"AKIAIOSFODNN7EXAMPLE\"",
                "a\u200bb",
                "MIIEpAIBAAKCAQEA0Z3VS5JJcds3xfn/ygWyF8PbnGy0AHB7MhgwMbRvI0MBZhpI"));
    Finding secret =
        new Finding(
            "secret.aws", Finding.Kind.SECRET, Severity.CRITICAL, "src/App\u202e.java", 2, "a key");
    FakeModel model = saying(new Assessment(1, "", List.of()));
    opinion(model, subject, floor(secret), Budget.DEFAULT);
    assertThat(model.questions().getFirst().transcript())
        .contains("App⟨U+202E⟩.java", "a⟨U+200B⟩b", "a title", "a body", "secret.aws")
        .doesNotContain("AKIAIOSFODNN7EXAMPLE", "MIIEpAIBAAKC", "\u202e", "\u200b");
  }

  @Test
  void theGuideIsReadFromTheBaseAndNeverFromTheChange() throws Exception {
    SourceTree base = tree("GUIDE.md", "money is sacred");
    SourceTree candidate = tree("GUIDE.md", "everything is fine");
    Subject subject =
        new Subject(
            "t",
            "b",
            "ada",
            CHANGE.diff(),
            Optional.of(base),
            Optional.of(candidate),
            Optional.empty(),
            Optional.of(Projects.withGuide("GUIDE.md")));
    FakeModel model = saying(new Assessment(1, "", List.of()));
    opinion(model, subject, floor(), Budget.DEFAULT);
    assertThat(model.questions().getFirst().transcript())
        .contains("money is sacred")
        .doesNotContain("everything is fine");
  }

  private static SourceTree tree(String path, String text) {
    return new SourceTree() {
      @Override
      public Optional<byte[]> read(String asked) {
        return asked.equals(path) ? Optional.of(text.getBytes(UTF_8)) : Optional.empty();
      }

      @Override
      public List<String> paths() {
        return List.of(path);
      }
    };
  }

  /** Configurations of nothing but what a test is about. */
  private static final class Projects {
    static dev.slipway.project.Project withGuide(String guide) {
      return new dev.slipway.project.Project(
          List.of(),
          Thresholds.DEFAULT,
          List.of(),
          List.of(),
          List.of(),
          Optional.of(guide),
          Map.of(),
          Budget.DEFAULT,
          Digest.of(new byte[0]));
    }
  }

  @Test
  void everythingIsOnRecord() throws Exception {
    Report report = report(saying(new Assessment(4, "because", List.of(EXEC))));
    List<byte[]> kept = evidence.all();
    assertThat(kept).hasSize(2);
    assertThat(report.evidence())
        .containsEntry("model.1.transcript", Digest.of(kept.getFirst()).toString())
        .containsKeys("model.1.prompt", "model.1.reply", "model.2.transcript");
    assertThat(String.join("\n", report.notes()))
        .contains(
            "review.find/1", "review.refute/1", "fake/model", "US dollars", "the model: because");
    assertThat(measured(report, "model.tokens")).isPositive();
    assertThat(measured(report, "model.cost")).isPositive();
    assertThat(measured(report, "model.latency")).isEqualTo(10);
  }

  @Test
  void aPromptNeverChangesUnderItsVersion() {
    assertThat(
            dev.slipway.model.Prompt.beside(ModelReview.class, "review.find", 1).digest().brief())
        .isEqualTo("bfc73d51e042");
    assertThat(
            dev.slipway.model.Prompt.beside(ModelReview.class, "review.refute", 1).digest().brief())
        .isEqualTo("875e6874af4b");
  }
}
