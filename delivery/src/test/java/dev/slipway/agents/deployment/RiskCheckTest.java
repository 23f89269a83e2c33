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
import dev.slipway.policy.Disposition;
import dev.slipway.policy.Measurement;
import dev.slipway.policy.Policy;
import dev.slipway.policy.Reason;
import dev.slipway.policy.Report;
import dev.slipway.policy.Share;
import dev.slipway.policy.Thresholds;
import dev.slipway.policy.judge.ArmTraffic;
import dev.slipway.policy.judge.Latencies;
import dev.slipway.project.Budget;
import dev.slipway.project.Project;
import dev.slipway.project.RolloutPlan;
import dev.slipway.project.Service;
import dev.slipway.project.Smoke;
import dev.slipway.project.StagingPlan;
import dev.slipway.target.Epoch;
import dev.slipway.target.FakeReleases;
import dev.slipway.target.Serving;
import dev.slipway.target.Setback;
import dev.slipway.telemetry.FakeBaselines;
import dev.slipway.telemetry.FakeFlagChanges;
import dev.slipway.telemetry.Observation;
import dev.slipway.telemetry.StagingRun;
import dev.slipway.telemetry.Ticker;
import dev.slipway.workspace.FakeSandbox;
import dev.slipway.workspace.FakeWorkspace;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is looked at right before production: forecasts and production itself. */
class RiskCheckTest {
  private static final String SHOP = "/shop";
  private static final Instant NOW = Instant.parse("2026-01-05T10:00:00Z");
  private static final ServiceName ORDERS = new ServiceName("orders");
  private static final ServiceName ACCOUNTS = new ServiceName("accounts");
  private static final ServiceName LEDGER = new ServiceName("ledger");
  private static final ServiceName SEARCH = new ServiceName("search");
  private static final CommitId CANDIDATE = commit(0);

  @TempDir Path directory;
  private final FakeReleases releases = new FakeReleases();
  private final FakeBaselines baselines = new FakeBaselines();
  private final Set<Slot> empty = new HashSet<>();
  private final Map<Slot, Integer> errorsOfHundred = new HashMap<>();
  private final Set<Slot> unseen = new HashSet<>();
  private final Set<Slot> looked = new HashSet<>();
  private Instant now = NOW;

  /** Since when the source knows anything. */
  private Instant begun = Instant.MIN;

  private FakeWorkspace workspace = new FakeWorkspace(Path.of(""), new FakeSandbox());

  @BeforeEach
  void workspace() {
    workspace = new FakeWorkspace(directory, new FakeSandbox());
  }

  private static CommitId commit(int number) {
    return new CommitId(Integer.toHexString(0x10000000 + number).repeat(5));
  }

  private static Slot production(ServiceName service) {
    return new Slot(Environment.PRODUCTION, service);
  }

  private static Service service(ServiceName name, ServiceName... dependsOn) {
    return new Service(
        name,
        Service.Kind.HTTP,
        ".",
        List.of(name + "/**"),
        List.of(dependsOn),
        Optional.empty(),
        Optional.empty(),
        Optional.of(new Service.Run(List.of("run"), Map.of(), "/health", 1)),
        Smoke.NONE,
        Optional.empty(),
        StagingPlan.DEFAULT,
        RolloutPlan.DEFAULT,
        List.of(),
        Thresholds.DEFAULT,
        Optional.empty(),
        List.of());
  }

  private Optional<Serving> serving(Slot slot) {
    return empty.contains(slot)
        ? Optional.empty()
        : Optional.of(
            new Serving(
                new Epoch(1, 1),
                Optional.of(new Artifact.File(Digest.of(new byte[] {1}), "old.jar")),
                Optional.empty(),
                Share.NONE,
                URI.create("http://127.0.0.1:1"),
                Optional.empty()));
  }

  private Observation observe(Slot slot, Instant from, Instant to) {
    looked.add(slot);
    assertThat(to).isBeforeOrEqualTo(now);
    assertThat(from).isAfterOrEqualTo(now.minusSeconds(62));
    return unseen.contains(slot) || from.isBefore(begun)
        ? new Observation.NoData("HTTP 500")
        : new Observation.Seen(
            from,
            to,
            ArmTraffic.NONE,
            traffic(100, errorsOfHundred.getOrDefault(slot, 0), 100),
            List.of());
  }

  private static ArmTraffic traffic(long requests, long errors, double millis) {
    return new ArmTraffic(
        requests,
        errors,
        new Latencies(
            List.of(new Latencies.Bucket(millis - 1, 0), new Latencies.Bucket(millis, requests))));
  }

  private Report report() throws InterruptedException {
    Ticker ticker =
        new Ticker() {
          @Override
          public Instant now() {
            return now;
          }

          @Override
          public void await(Instant time) {
            now = time;
          }
        };
    return new DeploymentAgent(
            this::serving,
            releases,
            workspace,
            new CanaryWatch(
                this::observe, ticker, baselines, new FakeFlagChanges(), new FakeEvidenceStore()),
            new FreezeCalendar(List.of(), () -> NOW),
            new Trouble(this::observe, this::serving, releases, ticker),
            baselines)
        .run(assignment());
  }

  private static List<Reason> asked(Report report) {
    return switch (new Policy(Thresholds.DEFAULT)
        .judge(report, CANDIDATE, List.of())
        .disposition()) {
      case Disposition.Proceed ignored -> List.of();
      case Disposition.Ask ask -> ask.reasons();
      case Disposition.Stop stop -> throw new AssertionError(stop);
      case Disposition.RollBack back -> throw new AssertionError(back);
    };
  }

  private static Assignment assignment() {
    return new Assignment(
        new PullRequest(
            new ChangeId("shop-next"),
            SHOP,
            "next",
            CANDIDATE,
            "main",
            "",
            "",
            Person.human("ada@example.com"),
            PullRequest.Origin.SAME_REPOSITORY),
        new Candidate(CANDIDATE, CANDIDATE, commit(99)),
        new Project(
            List.of(
                service(LEDGER),
                service(ACCOUNTS, LEDGER),
                service(SEARCH),
                service(ORDERS, ACCOUNTS)),
            Thresholds.DEFAULT,
            List.of(),
            List.of(),
            List.of(),
            Optional.empty(),
            Map.of(),
            Budget.DEFAULT,
            Digest.of(new byte[0])),
        Thresholds.DEFAULT,
        List.of(service(ORDERS, ACCOUNTS)),
        Map.of(ORDERS, new Artifact.File(Digest.of(new byte[] {2}), "new.jar")),
        Map.of(),
        Optional.of(4.0),
        Optional.<Duration>empty(),
        Optional.empty(),
        Optional.empty());
  }

  /** So many have shipped, each 100 ms in staging; the candidate takes this long there. */
  private void shipped(int changes, double millis) {
    for (int i = 1; i <= changes; i++) {
      baselines.measured(SHOP, ORDERS, commit(i), run(100));
      baselines.observed(SHOP, ORDERS, commit(i), traffic(200, 0, 200 + 5 * i));
      baselines.shipped(SHOP, ORDERS, commit(i));
    }
    baselines.measured(SHOP, ORDERS, CANDIDATE, run(millis));
  }

  private static StagingRun run(double millis) {
    return StagingRun.of("GET /orders", traffic(200, 0, millis));
  }

  @Test
  void whereNothingIsWrongTheChangeGoesOn() throws Exception {
    Report report = report();

    assertThat(asked(report)).isEmpty();
    assertThat(report.checks()).allMatch(check -> check.outcome() == Check.Outcome.PASSED);
    assertThat(looked)
        .containsExactlyInAnyOrder(production(ORDERS), production(ACCOUNTS), production(LEDGER));
  }

  @Test
  void theReviewsRiskIsShown() throws Exception {
    assertThat(report().measurements())
        .containsExactly(new Measurement.Value("review.risk", 4.0, Measurement.Unit.SCORE));
  }

  @Test
  void aForecastWhoseIntervalReachesAboveTheLimitAsks() throws Exception {
    shipped(12, 320);

    assertThat(asked(report()))
        .singleElement()
        .satisfies(
            reason -> {
              assertThat(reason.rule()).isEqualTo("deployment.calibration");
              assertThat(reason.subject()).isEqualTo("calibration orders");
              assertThat(reason.message()).contains("reaches above the limit of 800 ms");
            });
  }

  @Test
  void aForecastBelowTheLimitPasses() throws Exception {
    shipped(12, 200);

    Report report = report();

    assertThat(asked(report)).isEmpty();
    assertThat(report.checks()).extracting(Check::name).contains("calibration orders");
  }

  @Test
  void whatIsUncalibratedIsOnlyNoted() throws Exception {
    shipped(8, 320);

    Report report = report();

    assertThat(asked(report)).isEmpty();
    assertThat(report.notes()).singleElement().asString().contains("uncalibrated: 8 of the 9");
  }

  @Test
  void anErrorRateThatProductionHasItselfAsks() throws Exception {
    errorsOfHundred.put(production(ORDERS), 12);

    assertThat(asked(report()))
        .singleElement()
        .satisfies(
            reason -> {
              assertThat(reason.rule()).isEqualTo("deployment.incident");
              assertThat(reason.message())
                  .contains("production/orders is in trouble itself: 72 of 600 requests failed");
            });
  }

  @Test
  void soDoesOneOfWhatItDependsOnHoweverFar() throws Exception {
    errorsOfHundred.put(production(LEDGER), 100);

    assertThat(asked(report()))
        .extracting(Reason::subject)
        .containsExactly("incident production/ledger");
  }

  @Test
  void whatItDoesNotDependOnDoesNotMatter() throws Exception {
    errorsOfHundred.put(production(SEARCH), 100);

    assertThat(asked(report())).isEmpty();
  }

  @Test
  void productionThatCannotBeSeenAsks_C9() throws Exception {
    unseen.add(production(ORDERS));

    assertThat(asked(report()))
        .singleElement()
        .satisfies(
            reason -> {
              assertThat(reason.rule()).isEqualTo("deployment.not_run");
              assertThat(reason.message())
                  .isEqualTo("production/orders cannot be seen now: HTTP 500");
            });
  }

  @Test
  void aSourceThatWasJustStartedGetsItsMinute_C17() throws Exception {
    begun = NOW;

    assertThat(asked(report())).isEmpty();
    assertThat(now).isEqualTo(NOW.plusSeconds(60));
  }

  @Test
  void whereNothingRunsYetThereIsNothingToLookAt() throws Exception {
    empty.addAll(List.of(production(ORDERS), production(ACCOUNTS), production(LEDGER)));

    report();

    assertThat(looked).isEmpty();
  }

  private void setback(Slot slot, String change, Setback.Cause cause, Duration ago) {
    releases.setback(
        new Setback(slot, new ChangeId(change), cause, "it loses orders", NOW.minus(ago)));
  }

  @Test
  void anotherChangeThatProductionRolledBackAMomentAgoAsks() throws Exception {
    setback(production(SEARCH), "shop-1", Setback.Cause.STABLE_WAS_BAD, Duration.ofMinutes(29));

    assertThat(asked(report()))
        .singleElement()
        .satisfies(
            reason -> {
              assertThat(reason.rule()).isEqualTo("deployment.incident");
              assertThat(reason.subject()).contains("shop-1", "production/search");
              assertThat(reason.message()).contains("2026-01-05T09:31:00Z", "it loses orders");
            });
  }

  @Test
  void longAgoElsewhereOrOfThisVeryChangeItDoesNot() throws Exception {
    Setback.Cause cause = Setback.Cause.STABLE_WAS_BAD;
    setback(production(SEARCH), "shop-1", cause, Trouble.REMEMBERED.plusSeconds(1));
    setback(production(ORDERS), "shop-next", cause, Duration.ofMinutes(1));
    setback(production(new ServiceName("other")), "web-1", cause, Duration.ofMinutes(1));
    setback(
        new Slot(new Environment("production-eu"), ORDERS), "shop-2", cause, Duration.ofMinutes(1));

    assertThat(asked(report())).isEmpty();
  }

  /** Which changes of a service that was taken back go on, its hold says. */
  @Test
  void aChangeThatWasTakenBackIsAnIncidentForOtherServicesOnly() throws Exception {
    setback(production(ORDERS), "shop-1", Setback.Cause.TAKEN_BACK, Duration.ofMinutes(1));
    assertThat(asked(report())).isEmpty();

    setback(production(ACCOUNTS), "shop-2", Setback.Cause.TAKEN_BACK, Duration.ofMinutes(1));
    assertThat(asked(report())).extracting(Reason::rule).containsExactly("deployment.incident");
  }
}
