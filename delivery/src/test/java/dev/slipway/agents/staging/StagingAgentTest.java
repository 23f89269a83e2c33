package dev.slipway.agents.staging;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.agents.Assignment;
import dev.slipway.agents.Explainer;
import dev.slipway.change.Candidate;
import dev.slipway.change.ChangeId;
import dev.slipway.change.CommitId;
import dev.slipway.change.Digest;
import dev.slipway.change.Person;
import dev.slipway.change.PullRequest;
import dev.slipway.change.ServiceName;
import dev.slipway.evidence.FakeEvidenceStore;
import dev.slipway.model.Conversations;
import dev.slipway.model.FakeModel;
import dev.slipway.model.FakeSpending;
import dev.slipway.policy.Check;
import dev.slipway.policy.Disposition;
import dev.slipway.policy.Measurement;
import dev.slipway.policy.Policy;
import dev.slipway.policy.Report;
import dev.slipway.policy.Thresholds;
import dev.slipway.policy.judge.ArmTraffic;
import dev.slipway.policy.judge.Factors;
import dev.slipway.policy.judge.Latencies;
import dev.slipway.project.Budget;
import dev.slipway.project.Project;
import dev.slipway.project.RolloutPlan;
import dev.slipway.project.Service;
import dev.slipway.project.Smoke;
import dev.slipway.project.StagingPlan;
import dev.slipway.project.StagingPlan.Request;
import dev.slipway.telemetry.FakeBaselines;
import dev.slipway.telemetry.Prober;
import dev.slipway.telemetry.RecordedTraffic;
import dev.slipway.telemetry.StagingRun;
import dev.slipway.workspace.FakeSandbox;
import dev.slipway.workspace.FakeWorkspace;
import dev.slipway.workspace.TestRepository;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** With what staging is measured. */
class StagingAgentTest {
  private static final String SHOP = "/shop";
  private static final ServiceName ORDERS = new ServiceName("orders");

  @TempDir Path directory;
  private final List<StagingPlan> driven = new ArrayList<>();
  private FakeWorkspace workspace = new FakeWorkspace(Path.of(""), new FakeSandbox());
  private TestRepository repository = workspace.repository(SHOP);
  private CommitId base = new CommitId("0".repeat(40));
  private Conversations conversations = Conversations.none();
  private int endpoints = 1;
  private int errors;

  @BeforeEach
  void repository() {
    workspace = new FakeWorkspace(directory, new FakeSandbox());
    repository = workspace.repository(SHOP);
    base = repository.commit("main", "orders/load/traffic.log", "/base\n");
    repository.branchOff("main", "feature");
  }

  private final Prober prober =
      new Prober() {
        @Override
        public Check check(URI at, Smoke.HttpCheck check) {
          return new Check(check.path(), Check.Outcome.PASSED, "");
        }

        @Override
        public StagingRun drive(URI at, StagingPlan plan, Duration duration) {
          driven.add(plan);
          TreeMap<String, ArmTraffic> seen = new TreeMap<>();
          IntStream.range(0, endpoints).forEach(i -> seen.put("GET /" + i, traffic()));
          return new StagingRun(seen, plan.factors());
        }
      };

  private ArmTraffic traffic() {
    return new ArmTraffic(100, errors, new Latencies(List.of(new Latencies.Bucket(10, 100))));
  }

  /** A line is a path; one that is none is an error. */
  private static final RecordedTraffic LINES =
      (file, content) -> {
        List<String> lines = new String(content, StandardCharsets.UTF_8).lines().toList();
        return lines.stream().allMatch(line -> line.startsWith("/"))
            ? new RecordedTraffic.Reading.Usable(lines.stream().map(Request::get).toList(), 3)
            : new RecordedTraffic.Reading.Unusable(List.of(file + ":1: is no path"));
      };

  private Report report(String root, StagingPlan plan, CommitId candidate) throws Exception {
    Service service =
        new Service(
            ORDERS,
            Service.Kind.HTTP,
            root,
            List.of("**"),
            List.of(),
            Optional.empty(),
            Optional.empty(),
            Optional.of(new Service.Run(List.of("run"), Map.of(), "/healthz", 1)),
            Smoke.NONE,
            Optional.empty(),
            plan,
            RolloutPlan.DEFAULT,
            List.of(),
            Thresholds.DEFAULT,
            Optional.empty(),
            List.of());
    return new StagingAgent(
            workspace, prober, LINES, new FakeBaselines(), new Explainer(workspace, conversations))
        .run(assignment(service, candidate));
  }

  private Assignment assignment(Service service, CommitId candidate) {
    return new Assignment(
        new PullRequest(
            new ChangeId("shop-1"),
            SHOP,
            "feature",
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
            Digest.of(new byte[0])),
        Thresholds.DEFAULT,
        List.of(service),
        Map.of(),
        Map.of(ORDERS, URI.create("http://127.0.0.1:1")),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  private static StagingPlan recorded(String file) {
    return new StagingPlan(Duration.ofSeconds(5), 20, List.of(), Optional.of(file), Factors.NONE);
  }

  private CommitId changed(String content) {
    return repository.commit("feature", "orders/load/traffic.log", content);
  }

  @Test
  void withoutRequestsTheHealthPathIsAskedFor() throws Exception {
    report(".", StagingPlan.DEFAULT, changed("/x\n"));

    assertThat(driven.getFirst().requests()).containsExactly(Request.get("/healthz"));
  }

  @Test
  void aRecordingIsReplayedFromTheBaseBranchAndNotFromTheChange() throws Exception {
    Report report = report("orders", recorded("load/traffic.log"), changed("/chosen\n"));

    assertThat(driven.getFirst().requests()).containsExactly(Request.get("/base"));
    assertThat(report.notes())
        .contains(
            "orders: orders/load/traffic.log is replayed, 1 requests in order; 3 lines that do not"
                + " GET or HEAD are left out");
    assertThat(judged(report)).isInstanceOf(Disposition.Proceed.class);
  }

  @Test
  void aRecordingThatCannotBeReadIsNotMeasuredWithSomethingElse() throws Exception {
    base = repository.commit("main", "orders/load/traffic.log", "GET /\n");

    Report report = report(".", recorded("orders/load/traffic.log"), changed("/x\n"));

    assertThat(driven).isEmpty();
    assertThat(report.measurements())
        .containsExactly(
            new Measurement.NoData(
                "staging.error_rate orders",
                "the recording cannot be replayed: orders/load/traffic.log:1: is no path"));
    assertThat(judged(report)).isInstanceOf(Disposition.Ask.class);
  }

  @Test
  void aRecordingThatOnlyTheChangeHasIsNone() throws Exception {
    CommitId change = repository.commit("feature", "new.log", "/x\n");

    Report report = report(".", recorded("new.log"), change);

    assertThat(report.measurements())
        .singleElement()
        .asString()
        .contains("the base branch has no file new.log, at " + base.brief());
    assertThat(judged(report)).isInstanceOf(Disposition.Ask.class);
  }

  @Test
  void theModelSaysWhyTheGateObjects() throws Exception {
    FakeModel model = new FakeModel(question -> new FakeModel.Says.Nothing("529"));
    conversations = Conversations.with(model, new FakeEvidenceStore(), new FakeSpending());
    base = repository.commit("main", "orders/load/traffic.log", "/\n");
    errors = 10;

    Report report = report("orders", recorded("load/traffic.log"), changed("/x\n"));

    assertThat(judged(report)).isInstanceOf(Disposition.Stop.class);
    assertThat(report.notes()).contains("the model gave no explanation: 529");
    errors = 0;
    assertThat(report("orders", recorded("load/traffic.log"), changed("/y\n")).notes())
        .noneMatch(note -> note.contains("the model"));
  }

  @Test
  void onlySoManyEndpointsAreNoted() throws Exception {
    endpoints = 200;

    Report report = report("orders", recorded("load/traffic.log"), changed("/x\n"));

    assertThat(report.notes()).hasSize(52).last().isEqualTo("orders: and 150 endpoints more");
  }

  private static Disposition judged(Report report) {
    return new Policy(Thresholds.DEFAULT)
        .judge(report, new CommitId("0".repeat(40)), List.of())
        .disposition();
  }
}
