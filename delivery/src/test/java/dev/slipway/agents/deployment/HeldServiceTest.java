package dev.slipway.agents.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.agents.Assignment;
import dev.slipway.change.Artifact;
import dev.slipway.change.Candidate;
import dev.slipway.change.ChangeId;
import dev.slipway.change.CommitId;
import dev.slipway.change.Digest;
import dev.slipway.change.Environment;
import dev.slipway.change.Person;
import dev.slipway.change.PullRequest;
import dev.slipway.change.ServiceName;
import dev.slipway.change.Slot;
import dev.slipway.evidence.FakeEvidenceStore;
import dev.slipway.policy.Check;
import dev.slipway.policy.Policy;
import dev.slipway.policy.Report;
import dev.slipway.policy.Thresholds;
import dev.slipway.project.Budget;
import dev.slipway.project.Freeze;
import dev.slipway.project.Project;
import dev.slipway.project.RolloutPlan;
import dev.slipway.project.Service;
import dev.slipway.project.Smoke;
import dev.slipway.project.StagingPlan;
import dev.slipway.target.FakeReleases;
import dev.slipway.target.Release;
import dev.slipway.telemetry.FakeBaselines;
import dev.slipway.telemetry.FakeFlagChanges;
import dev.slipway.telemetry.Observation;
import dev.slipway.telemetry.Ticker;
import dev.slipway.workspace.FakeSandbox;
import dev.slipway.workspace.FakeWorkspace;
import dev.slipway.workspace.TestRepository;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which changes a service that was rolled back after shipping is held for. */
class HeldServiceTest {
  private static final ServiceName ORDERS = new ServiceName("orders");
  private static final Slot PRODUCTION = new Slot(Environment.PRODUCTION, ORDERS);
  private static final String REPOSITORY = "/shop";
  private static final ChangeId BAD = new ChangeId("shop-bad");

  private static final Ticker NO_TICKS =
      new Ticker() {
        @Override
        public Instant now() {
          return Instant.EPOCH;
        }

        @Override
        public void await(Instant time) {}
      };

  @TempDir Path directory;
  private final FakeReleases releases = new FakeReleases();
  private FakeWorkspace workspace = new FakeWorkspace(Path.of(""), new FakeSandbox());
  private TestRepository repository = workspace.repository(REPOSITORY);
  private List<Freeze> freezes = List.of();
  private CommitId good = commit("good");
  private CommitId bad = commit("bad");

  private static CommitId commit(String text) {
    return new CommitId(digest(text).hex().substring(0, 40));
  }

  private static Digest digest(String text) {
    return Digest.of(text.getBytes(StandardCharsets.UTF_8));
  }

  @BeforeEach
  void rollBack() {
    workspace = new FakeWorkspace(directory, new FakeSandbox());
    repository = workspace.repository(REPOSITORY);
    good = change("orders/Orders.java", "good");
    bad = change("orders/Orders.java", "bad");
    release("shop-good", good);
    release(BAD.value(), bad);
    Release before = releases.before(PRODUCTION, BAD).orElseThrow();
    releases.released(
        PRODUCTION,
        before.because(new Release.Withdrawal(BAD, bad, "grace@example.com", "loses orders")));
  }

  private CommitId change(String file, String text) {
    return repository.commit("main", Map.of(file, Optional.of(text)));
  }

  private void release(String change, CommitId commit) {
    releases.released(
        PRODUCTION,
        new Release(
            new ChangeId(change),
            REPOSITORY,
            commit,
            new Artifact.File(digest(change), "orders.jar"),
            Optional.empty()));
  }

  @Test
  void anyOtherChangeOfTheServiceWaitsForAPerson() throws Exception {
    Check held = held(bad, change("orders/Orders.java", "bad and more"));

    assertThat(held.outcome()).isEqualTo(Check.Outcome.FAILED);
    assertThat(held.message()).contains("grace@example.com", "loses orders", bad.brief());
  }

  @Test
  void theChangeThatTakesItBackOutGoesOn() throws Exception {
    CommitId reverted = change("orders/Orders.java", "good");

    assertThat(held(bad, reverted).outcome()).isEqualTo(Check.Outcome.PASSED);
  }

  @Test
  void onceTheBaseAgreesEveryChangeGoesOn() throws Exception {
    CommitId reverted = change("orders/Orders.java", "good");
    CommitId next = change("orders/Orders.java", "better");

    assertThat(held(reverted, next).outcome()).isEqualTo(Check.Outcome.PASSED);
  }

  @Test
  void whatOtherServicesDoMeanwhileDoesNotMatter() throws Exception {
    CommitId elsewhere = change("billing/Bill.java", "new");
    CommitId reverted = change("orders/Orders.java", "good");

    assertThat(held(elsewhere, reverted).outcome()).isEqualTo(Check.Outcome.PASSED);
  }

  @Test
  void theHoldEndsWithTheNextRelease() throws Exception {
    CommitId approved = change("orders/Orders.java", "mended");
    release("shop-mended", approved);
    CommitId next = change("orders/Orders.java", "mended and more");

    assertThat(held(approved, next).outcome()).isEqualTo(Check.Outcome.PASSED);
    assertThat(releases.withdrawn()).isEmpty();
  }

  @Test
  void aFrozenServiceSaysUntilWhenAndWhy() throws Exception {
    Instant thaw = Instant.EPOCH.plusSeconds(60);
    freezes = List.of(new Freeze.Once(Instant.EPOCH, thaw, "year end"));

    Report report = report(bad, good);

    assertThat(report.thaw()).contains(thaw);
    assertThat(new Policy(Thresholds.DEFAULT).judge(report, good, List.of()).verdict().reasons())
        .filteredOn(reason -> reason.rule().equals("deployment.frozen"))
        .singleElement()
        .satisfies(
            reason -> {
              assertThat(reason.subject()).contains(PRODUCTION.toString(), thaw.toString());
              assertThat(reason.message()).contains(thaw.toString(), "year end");
            });
    freezes = List.of(new Freeze.Once(thaw, thaw.plusSeconds(1), "later"));
    assertThat(report(bad, good).thaw()).isEmpty();
  }

  private Check held(CommitId base, CommitId candidate) throws InterruptedException {
    return report(base, candidate).checks().stream()
        .filter(check -> check.name().equals("held " + PRODUCTION))
        .findFirst()
        .orElseThrow();
  }

  private Report report(CommitId base, CommitId candidate) throws InterruptedException {
    DeploymentAgent agent =
        new DeploymentAgent(
            slot -> Optional.empty(),
            releases,
            workspace,
            new CanaryWatch(
                (slot, from, to) -> new Observation.NoData("not asked for"),
                NO_TICKS,
                new FakeBaselines(),
                new FakeFlagChanges(),
                new FakeEvidenceStore()),
            new FreezeCalendar(List.of(), () -> Instant.EPOCH),
            new Trouble(
                (slot, from, to) -> new Observation.NoData("not asked for"),
                slot -> Optional.empty(),
                releases,
                NO_TICKS),
            new FakeBaselines());
    return agent.run(assignment(base, candidate));
  }

  private Assignment assignment(CommitId base, CommitId candidate) {
    Service service =
        new Service(
            ORDERS,
            Service.Kind.HTTP,
            ".",
            List.of("orders/**"),
            List.of(),
            Optional.empty(),
            Optional.empty(),
            Optional.of(new Service.Run(List.of("run"), Map.of(), "/health", 1)),
            Smoke.NONE,
            Optional.empty(),
            StagingPlan.DEFAULT,
            RolloutPlan.DEFAULT,
            freezes,
            Thresholds.DEFAULT,
            Optional.empty(),
            List.of());
    return new Assignment(
        new PullRequest(
            new ChangeId("shop-next"),
            REPOSITORY,
            "next",
            candidate,
            "main",
            "",
            "",
            Person.human("ada@example.com"),
            PullRequest.Origin.SAME_REPOSITORY),
        new Candidate(candidate, candidate, base),
        new Project(
            List.of(service),
            Thresholds.DEFAULT,
            List.of(),
            List.of(),
            List.of(),
            Optional.empty(),
            Map.of(),
            Budget.DEFAULT,
            digest("configuration")),
        Thresholds.DEFAULT,
        List.of(service),
        Map.of(ORDERS, new Artifact.File(digest("next"), "orders.jar")),
        Map.of(),
        Optional.empty(),
        Optional.<Duration>empty(),
        Optional.empty(),
        Optional.empty());
  }
}
