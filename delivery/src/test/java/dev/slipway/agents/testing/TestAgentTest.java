package dev.slipway.agents.testing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.agents.Assignment;
import dev.slipway.agents.testing.ProposedTests.ProposedTest;
import dev.slipway.change.Candidate;
import dev.slipway.change.ChangeId;
import dev.slipway.change.CommitId;
import dev.slipway.change.Digest;
import dev.slipway.change.Person;
import dev.slipway.change.PullRequest;
import dev.slipway.change.PullRequest.Origin;
import dev.slipway.change.ServiceName;
import dev.slipway.evidence.FakeEvidenceStore;
import dev.slipway.model.Conversations;
import dev.slipway.model.FakeModel;
import dev.slipway.model.FakeSpending;
import dev.slipway.policy.Check;
import dev.slipway.policy.Disposition;
import dev.slipway.policy.Judgement;
import dev.slipway.policy.Policy;
import dev.slipway.policy.Reason;
import dev.slipway.policy.Report;
import dev.slipway.policy.Thresholds;
import dev.slipway.policy.Verdict;
import dev.slipway.project.Budget;
import dev.slipway.project.Project;
import dev.slipway.workspace.FakeSandbox;
import dev.slipway.workspace.FakeWorkspace;
import dev.slipway.workspace.TestRepository;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the test agent reports, and what the gate makes of it. */
class TestAgentTest {
  private static final String SOURCE = "shop.py";
  private static final PullRequest PULL =
      new PullRequest(
          new ChangeId("shop-1"),
          "shop",
          "change",
          new CommitId("a".repeat(40)),
          "main",
          "Prices",
          "",
          Person.human("ada@example.com"),
          Origin.SAME_REPOSITORY);

  @TempDir Path root;
  private final Deque<TestReports.Results> runs = new ArrayDeque<>();
  private final FakeSandbox sandbox = new FakeSandbox();
  private final Counts counts = new Counts();
  private boolean covered = true;
  private Conversations conversations = Conversations.none();
  private FakeWorkspace workspace;
  private TestRepository repository;

  @BeforeEach
  void makeRepository() {
    workspace = new FakeWorkspace(root, sandbox);
    repository = workspace.repository("shop");
    repository.commit(
        "main",
        Map.of(
            SOURCE,
            Optional.of("def name():\n  return 0\n"),
            "test_shop.py",
            Optional.of("assert name() == 0\n")));
    repository.branchOff("main", "change");
    repository.commit("change", SOURCE, "def name():\n  return 0\n\ndef price():\n  return 1\n");
  }

  /** Counts in memory. */
  private static final class Counts implements TestCounts {
    private final Map<CommitId, Integer> executed = new HashMap<>();

    @Override
    public Optional<Integer> of(String repository, ServiceName service, CommitId commit) {
      return Optional.ofNullable(executed.get(commit));
    }

    @Override
    public void counted(String repository, ServiceName service, CommitId commit, int count) {
      executed.put(commit, count);
    }
  }

  /** Replies the results that are due, the last of them again and again. */
  private final class Reports implements TestReports {
    @Override
    public Results results(Path directory, List<String> globs) {
      return runs.size() > 1 ? runs.pop() : runs.element();
    }

    @Override
    public CoverageResult coverage(Path directory, List<String> globs, List<String> sources) {
      SortedMap<Integer, Boolean> lines = new TreeMap<>(Map.of(4, covered, 5, covered));
      return new CoverageResult.Covered(Map.of(SOURCE, lines));
    }
  }

  private static TestReports.Results ran(int executed, String... failed) {
    return new TestReports.Results.Ran(
        executed,
        0,
        List.of(failed).stream().map(it -> new TestReports.Failure(it, "not so")).toList());
  }

  private Report report(PullRequest pull, Budget budget, String... entry) throws Exception {
    Candidate candidate =
        new Candidate(
            workspace.branch("shop", "change").orElseThrow(),
            workspace.branch("shop", "change").orElseThrow(),
            workspace.branch("shop", "main").orElseThrow());
    Project project =
        new Project(
            List.of(FakeLanguage.service(List.of("c.xml"))),
            Thresholds.DEFAULT,
            List.of(),
            List.of(),
            List.of(),
            Optional.empty(),
            Map.of(),
            budget,
            Digest.of(new byte[0]));
    return new TestAgent(
            workspace, new Reports(), List.of(FakeLanguage.PROFILE), conversations, counts)
        .run(
            new Assignment(
                pull,
                candidate,
                project,
                Thresholds.DEFAULT,
                project.services(),
                Map.of(),
                Map.of(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                List.of(entry).stream().findFirst()));
  }

  private Report report() throws Exception {
    return report(PULL, Budget.DEFAULT);
  }

  private static Judgement judged(Report report) {
    return new Policy(Thresholds.DEFAULT).judge(report, PULL.head(), List.of());
  }

  private static List<String> rules(Judgement judgement) {
    return judgement.verdict().reasons().stream().map(Reason::rule).toList();
  }

  @Test
  void testsThatPassAndCoverTheChangePass() throws Exception {
    runs.add(ran(1));
    assertThat(judged(report()).verdict()).isEqualTo(new Verdict.Pass());
    assertThat(root).isEmptyDirectory();
  }

  @Test
  void aFlakyTestIsNamedAndNotIgnored() throws Exception {
    sandbox.replying((directory, command) -> FakeSandbox.exited(runs.size() > 1 ? 1 : 0, ""));
    runs.addAll(List.of(ran(2, "test_till"), ran(2)));
    Report report = report();
    assertThat(report.checks())
        .anySatisfy(
            it -> {
              assertThat(it.name()).isEqualTo("test_till");
              assertThat(it.outcome()).isEqualTo(Check.Outcome.FLAKY);
              assertThat(it.message()).contains("failed and then passed on the same tree");
            });
    Judgement judgement = judged(report);
    assertThat(judgement.verdict()).isInstanceOf(Verdict.Inconclusive.class);
    assertThat(judgement.disposition()).isInstanceOf(Disposition.Ask.class);
    assertThat(judgement.verdict().reasons())
        .extracting(it -> it.rule() + " " + it.subject())
        .containsExactly("test.flaky test_till");
  }

  @Test
  void onlyThePolicyToleratesAFlakyTestWhichIsStillNamed() throws Exception {
    sandbox.replying((directory, command) -> FakeSandbox.exited(runs.size() > 1 ? 1 : 0, ""));
    runs.addAll(List.of(ran(2, "test_till"), ran(2)));
    Report report = report();
    Judgement judgement =
        new Policy(
                new Thresholds(
                    6, 0.80, 0.005, Duration.ofMillis(800), 0.10, 1, Thresholds.ModelUse.OPTIONAL))
            .judge(report, PULL.head(), List.of());
    assertThat(judgement.verdict()).isEqualTo(new Verdict.Pass());
    assertThat(report.checks()).extracting(Check::name).contains("test_till");
  }

  @Test
  void whatFailsTwiceStopsTheChange() throws Exception {
    sandbox.replying((directory, command) -> FakeSandbox.exited(1, ""));
    runs.add(ran(2, "test_till"));
    Judgement judgement = judged(report());
    assertThat(judgement.disposition()).isInstanceOf(Disposition.Stop.class);
    assertThat(rules(judgement)).contains("test.failed");
    assertThat(sandbox.ran()).hasSize(2);
  }

  @Test
  void t4_zeroTestsAreNotRun() throws Exception {
    runs.add(ran(0));
    Judgement judgement = judged(report());
    assertThat(judgement.verdict()).isInstanceOf(Verdict.NotRun.class);
    assertThat(judgement.verdict().reasons())
        .extracting(Reason::message)
        .contains("no test was executed");
  }

  @Test
  void t4_aCommandThatEndsWellAndLeavesNoReportIsNotRun() throws Exception {
    runs.add(new TestReports.Results.Unreadable("no file matches [r.xml]"));
    assertThat(judged(report()).verdict()).isInstanceOf(Verdict.NotRun.class);
  }

  @Test
  void t5_reportsThatCameWithTheCommitAreGoneBeforeTheTestsRun() throws Exception {
    repository.commit(
        "change", Map.of("r.xml", Optional.of("<old/>"), "c.xml", Optional.of("<old/>")));
    AtomicInteger looked = new AtomicInteger();
    sandbox.replying(
        (directory, command) -> {
          assertThat(directory.resolve("r.xml")).doesNotExist();
          assertThat(directory.resolve("c.xml")).doesNotExist();
          assertThat(Files.exists(directory.resolve(SOURCE))).isTrue();
          looked.incrementAndGet();
          return FakeSandbox.exited(0, "");
        });
    runs.add(ran(1));
    report();
    assertThat(looked).hasPositiveValue();
  }

  @Test
  void t10_fewerTestsThanTheBaseAskAPerson() throws Exception {
    repository.commit("change", Map.of("test_shop.py", Optional.of("")));
    runs.addAll(List.of(ran(2), ran(3)));
    Judgement judgement = judged(report());
    assertThat(judgement.disposition()).isInstanceOf(Disposition.Ask.class);
    assertThat(judgement.verdict().reasons())
        .extracting(Reason::message)
        .containsExactly("2 tests were executed, fewer than the 3 of the base branch");
    assertThat(sandbox.ran()).hasSize(2);
  }

  @Test
  void theBaseIsRunOnlyWhereTestsCanHaveGone() throws Exception {
    runs.add(ran(1));
    report();
    assertThat(sandbox.ran()).hasSize(1);
  }

  @Test
  void whatTheBaseExecutedIsRememberedFromWhenItWasACandidate() throws Exception {
    counts.counted(
        "shop", new ServiceName("shop"), workspace.branch("shop", "main").orElseThrow(), 4);
    runs.add(ran(3));
    assertThat(rules(judged(report()))).containsExactly("tests.fewer");
    assertThat(sandbox.ran()).hasSize(1);
  }

  private void writing(AtomicInteger asked, String code) {
    conversations =
        Conversations.with(
            new FakeModel(
                question -> {
                  asked.incrementAndGet();
                  return new ProposedTests(List.of(new ProposedTest(1, "an edge", code)));
                }),
            new FakeEvidenceStore(),
            new FakeSpending());
  }

  @Test
  void aSpentBudgetIsInTheVerdict() throws Exception {
    covered = false;
    runs.add(ran(1));
    writing(new AtomicInteger(), "# an edge\nprice()\n");
    Report report =
        report(PULL, new Budget(400_000, 0.0001, Duration.ofMinutes(20), 3), "7 shop-1/decision/1");
    assertThat(judged(report).verdict().reasons())
        .extracting(Reason::message)
        .singleElement()
        .satisfies(
            it -> assertThat(it).contains("0.0 % of the changed lines", "ended early by budget"));
  }

  @Test
  void whileTestsFailNoneAreWritten() throws Exception {
    covered = false;
    sandbox.replying((directory, command) -> FakeSandbox.exited(1, ""));
    runs.add(ran(1, "test_till"));
    AtomicInteger asked = new AtomicInteger();
    writing(asked, "# an edge\nassert price() == 1\n");
    report(PULL, Budget.DEFAULT, "7 shop-1/decision/1");
    assertThat(asked).hasValue(0);
  }
}
