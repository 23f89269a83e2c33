package dev.slipway.agents.validation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.agents.Assignment;
import dev.slipway.change.Candidate;
import dev.slipway.change.ChangeId;
import dev.slipway.change.CommitId;
import dev.slipway.change.Digest;
import dev.slipway.change.Person;
import dev.slipway.change.PullRequest;
import dev.slipway.change.ServiceName;
import dev.slipway.policy.Measurement;
import dev.slipway.policy.Report;
import dev.slipway.policy.Thresholds;
import dev.slipway.policy.Verdict;
import dev.slipway.policy.judge.ArmTraffic;
import dev.slipway.policy.judge.Factors;
import dev.slipway.policy.judge.Latencies;
import dev.slipway.project.Budget;
import dev.slipway.project.Project;
import dev.slipway.project.RolloutPlan;
import dev.slipway.project.Service;
import dev.slipway.project.Smoke;
import dev.slipway.project.StagingPlan;
import dev.slipway.telemetry.FakeBaselines;
import dev.slipway.telemetry.StagingRun;
import dev.slipway.workspace.FakeSandbox;
import dev.slipway.workspace.FakeWorkspace;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What staging's numbers are taken to mean for production. */
class ValidationAgentTest {
  private static final String SHOP = "/repositories/shop";
  private static final String ENDPOINT = "GET /orders";
  private static final ServiceName ORDERS = new ServiceName("orders");
  private static final Service SERVICE =
      new Service(
          ORDERS,
          Service.Kind.HTTP,
          ".",
          List.of("**"),
          List.of(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Smoke.NONE,
          Optional.empty(),
          StagingPlan.DEFAULT,
          RolloutPlan.DEFAULT,
          List.of(),
          Thresholds.DEFAULT,
          Optional.empty(),
          List.of());

  @TempDir Path directory;
  private final FakeBaselines baselines = new FakeBaselines();
  private ValidationAgent agent = agent(Path.of(""));

  private ValidationAgent agent(Path place) {
    return new ValidationAgent(new FakeWorkspace(place, new FakeSandbox()), baselines);
  }

  @BeforeEach
  void measured() {
    agent = agent(directory);
    baselines.measured(SHOP, ORDERS, commit(0), StagingRun.of(ENDPOINT, run(300)));
  }

  @Test
  void untilEnoughHaveShippedItIsCalledUncalibrated() {
    shipped(8, 300, 1_500);

    Report report = agent.run(assignment());

    assertThat(report.notes()).singleElement().asString().contains("uncalibrated: 8 of the 9");
    assertThat(report.judged()).singleElement().isInstanceOf(Verdict.Pass.class);
  }

  @Test
  void whatProductionWillShowIsSaidWithItsInterval() {
    shipped(12, 100, 200);

    Report report = agent.run(assignment());

    assertThat(report.measurements())
        .contains(
            new Measurement.Value(
                "validation.predicted_p99_ms orders", 600, Measurement.Unit.MILLISECONDS));
    assertThat(report.notes())
        .singleElement()
        .asString()
        .contains("600.0 ms expected in production (600.0 to 600.0 ms; by 12 changes");
  }

  @Test
  void aVersionThatWillBeTooSlowInProductionIsAPersonsToJudge() {
    shipped(12, 300, 900);

    Report report = agent.run(assignment());

    assertThat(report.judged())
        .anySatisfy(
            verdict ->
                assertThat(verdict.reasons())
                    .singleElement()
                    .satisfies(
                        reason -> {
                          assertThat(reason.rule()).isEqualTo("validation.predicted_latency");
                          assertThat(reason.message()).contains("above the limit of 800 ms");
                        }));
  }

  @Test
  void statedFactorsAreAppliedAndNamed() {
    Factors factors = Factors.of(Map.of("cpu", 2.0, "database", 1.5));
    baselines.measured(SHOP, ORDERS, commit(0), new StagingRun(endpoints(run(300)), factors));

    Report report = agent.run(assignment());

    assertThat(report.notes())
        .singleElement()
        .asString()
        .contains("100.0 ms expected", "uncalibrated", "with the factors cpu 2, database 1.5");
  }

  /** Staging got half the processor: what takes twice as long there now has not got worse. */
  @Test
  void baselinesOfAnotherStagingAreSeenAsIfFromThisOne() {
    for (int i = 1; i <= 3; i++) {
      baselines.measured(SHOP, ORDERS, commit(i), StagingRun.of(ENDPOINT, run(300)));
      baselines.shipped(SHOP, ORDERS, commit(i));
    }
    Factors smaller = Factors.of(Map.of("cpu", 2.0));
    baselines.measured(SHOP, ORDERS, commit(0), new StagingRun(endpoints(run(600)), smaller));
    assertThat(agent.run(assignment()).judged()).containsExactly(new Verdict.Pass());

    baselines.measured(SHOP, ORDERS, commit(0), StagingRun.of(ENDPOINT, run(600)));
    assertThat(agent.run(assignment()).judged()).singleElement().isInstanceOf(Verdict.Fail.class);
  }

  private static TreeMap<String, ArmTraffic> endpoints(ArmTraffic traffic) {
    return new TreeMap<>(Map.of(ENDPOINT, traffic));
  }

  @Test
  void anEndpointIsComparedWithItself() {
    for (int i = 1; i <= 3; i++) {
      baselines.measured(SHOP, ORDERS, commit(i), two(run(10_000, 100), run(100, 50)));
      baselines.shipped(SHOP, ORDERS, commit(i));
    }
    baselines.measured(SHOP, ORDERS, commit(0), two(run(10_000, 100), run(100, 95)));

    Report report = agent.run(assignment());

    assertThat(report.judged())
        .filteredOn(Verdict.Fail.class::isInstance)
        .singleElement()
        .satisfies(
            verdict ->
                assertThat(verdict.reasons())
                    .singleElement()
                    .satisfies(it -> assertThat(it.message()).contains("orders GET /carts")));
  }

  private static StagingRun two(ArmTraffic orders, ArmTraffic carts) {
    return new StagingRun(
        new TreeMap<>(Map.of(ENDPOINT, orders, "GET /carts", carts)), Factors.NONE);
  }

  private void shipped(int changes, double staging, double production) {
    for (int i = 1; i <= changes; i++) {
      baselines.measured(SHOP, ORDERS, commit(i), StagingRun.of(ENDPOINT, run(staging)));
      baselines.observed(SHOP, ORDERS, commit(i), run(production));
      baselines.shipped(SHOP, ORDERS, commit(i));
    }
  }

  private static Assignment assignment() {
    PullRequest pull =
        new PullRequest(
            new ChangeId("shop-1"),
            SHOP,
            "feature",
            commit(99),
            "main",
            "a change",
            "",
            Person.human("ada"),
            PullRequest.Origin.SAME_REPOSITORY);
    return new Assignment(
        pull,
        new Candidate(commit(0), commit(99), commit(98)),
        new Project(
            List.of(SERVICE),
            Thresholds.DEFAULT,
            List.of(),
            List.of(),
            List.of(),
            Optional.empty(),
            Map.of(),
            Budget.DEFAULT,
            Digest.of(new byte[0])),
        Thresholds.DEFAULT,
        List.of(SERVICE),
        Map.of(),
        Map.of(ORDERS, URI.create("http://127.0.0.1:1")),
        Optional.empty(),
        Optional.of(Duration.ofSeconds(1)),
        Optional.empty(),
        Optional.empty());
  }

  private static CommitId commit(int number) {
    return new CommitId(Integer.toHexString(0x10000000 + number).repeat(5));
  }

  private static ArmTraffic run(double millis) {
    return run(200, millis);
  }

  private static ArmTraffic run(long requests, double millis) {
    return new ArmTraffic(
        requests,
        0,
        new Latencies(
            List.of(new Latencies.Bucket(millis - 1, 0), new Latencies.Bucket(millis, requests))));
  }
}
