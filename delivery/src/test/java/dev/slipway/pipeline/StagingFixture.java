package dev.slipway.pipeline;

import dev.slipway.agents.Agent;
import dev.slipway.agents.Agents;
import dev.slipway.agents.Assignment;
import dev.slipway.audit.AuditCodec;
import dev.slipway.audit.AuditRecord;
import dev.slipway.audit.AuditRecord.Decision;
import dev.slipway.audit.Permits;
import dev.slipway.audit.Recorded;
import dev.slipway.change.Artifact;
import dev.slipway.change.Candidate;
import dev.slipway.change.CommitId;
import dev.slipway.change.Digest;
import dev.slipway.change.Environment;
import dev.slipway.change.ServiceName;
import dev.slipway.change.Slot;
import dev.slipway.change.Stage;
import dev.slipway.forge.Branches;
import dev.slipway.policy.Check;
import dev.slipway.policy.Report;
import dev.slipway.policy.Share;
import dev.slipway.policy.Thresholds;
import dev.slipway.project.Budget;
import dev.slipway.project.Command;
import dev.slipway.project.Project;
import dev.slipway.project.Projects;
import dev.slipway.project.RolloutPlan;
import dev.slipway.project.Service;
import dev.slipway.project.Smoke;
import dev.slipway.project.StagingPlan;
import dev.slipway.target.Epoch;
import dev.slipway.target.FakeReleases;
import dev.slipway.target.FakeTarget;
import dev.slipway.target.Rollout;
import dev.slipway.target.Serving;
import dev.slipway.target.Targets;
import dev.slipway.telemetry.FakeBaselines;
import dev.slipway.workspace.ArtifactBuilder;
import dev.slipway.workspace.FakeArtifactStore;
import dev.slipway.workspace.FakeSandbox;
import dev.slipway.workspace.FakeWorkspace;
import dev.slipway.workspace.TestRepository;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * One service in a staging and a production that run nothing, and one check of it, which fails
 * where a test says so. What is recorded is remembered.
 */
final class StagingFixture {
  static final ServiceName SERVICE = new ServiceName("s0");
  static final Slot STAGING = new Slot(Environment.STAGING, SERVICE);
  static final Slot PRODUCTION = new Slot(Environment.PRODUCTION, SERVICE);
  static final Artifact CANDIDATE = artifact("candidate");
  static final Artifact STABLE = artifact("stable");

  final FakeReleases releases = new FakeReleases();
  final FakeTarget target = new FakeTarget();
  final FakeSandbox sandbox = new FakeSandbox();
  final List<Decision> recorded = new ArrayList<>();
  final Set<Artifact> failing = new HashSet<>();
  final Journey journey = new Journey(Options.NONE);
  private final FakeWorkspace workspace;
  private final ArtifactBuilder builder;
  Targets targets = environment -> target;
  final List<Decision> done = new ArrayList<>();
  private final Candidate candidate;
  private Optional<Command> migrate = Optional.empty();

  StagingFixture(Path directory) {
    this.workspace = new FakeWorkspace(directory, sandbox);
    this.builder = new ArtifactBuilder(workspace, new FakeArtifactStore(directory));
    TestRepository repository = workspace.repository("/repo");
    CommitId base = repository.commit("main", "a.txt", "one\n");
    repository.branchOff("main", "candidate");
    this.candidate =
        new Candidate(repository.commit("candidate", "a.txt", "two\n"), Journey.HEAD, base);
  }

  Candidate candidate() {
    return candidate;
  }

  /** From now on the service has a database to migrate. */
  void migrates(String... argv) {
    migrate =
        Optional.of(
            new Command(
                List.of(argv),
                Map.of(),
                ".",
                Command.Network.NONE,
                List.of(),
                Duration.ofMinutes(1)));
  }

  /** Somebody else's change was merged. */
  void moveBase() {
    workspace.repository("/repo").commit("main", "b.txt", "elsewhere\n");
  }

  static Artifact artifact(String name) {
    return new Artifact.File(Digest.of(name.getBytes(StandardCharsets.UTF_8)), name);
  }

  /** A change whose candidate is built, at the step. */
  ChangeState at(Step step) {
    if (journey.state.step() == step) {
      return journey.state;
    }
    ChangePlan plan = Journey.plan(Service.Kind.HTTP);
    journey.done(new Result.Prepared(candidate, plan));
    journey.passUntil(Step.BUILDING, plan);
    journey.done(new Result.Built(Map.of(SERVICE, CANDIDATE)));
    journey.passUntil(step, plan);
    return journey.state;
  }

  /** As if it had been deployed there. */
  void runs(Slot slot, Artifact artifact) {
    Service.Run run = service().run().orElseThrow();
    target.install(
        Permits.of(slot), new Rollout(slot, artifact, run, List.of(), Map.of()), new Epoch(0, 1));
  }

  /** As if it had been given a share there. */
  void canary(Slot slot, Artifact artifact) {
    target.shift(
        Permits.of(slot),
        new Rollout(slot, artifact, service().run().orElseThrow(), List.of(), Map.of()),
        Share.percent(5),
        new Epoch(0, 2));
  }

  Optional<Artifact> stable(Slot slot) {
    return target.serving(slot).flatMap(Serving::stable);
  }

  EnvironmentCheck environmentCheck() {
    return new EnvironmentCheck(
        new Inspection(
            new Agents(Arrays.stream(Stage.values()).<Agent>map(FixedAgent::new).toList()),
            projects(),
            new FixedCodec()),
        production(),
        migrating(),
        this::permit);
  }

  Migrating migrating() {
    return new Migrating(production(), this::permit, done::add);
  }

  private Recorded<Decision> permit(Decision decision) {
    recorded.add(decision);
    return Permits.recorded(decision);
  }

  Production production() {
    return new Production(
        targets,
        new NoBranches(),
        workspace,
        new Building(builder, projects(), (service, use) -> Map.of()),
        projects(),
        (service, use) -> Map.of(),
        releases,
        new FakeBaselines());
  }

  private Projects projects() {
    return (repository, commit) ->
        new Projects.Reading.Configured(
            new Project(
                List.of(service()),
                Thresholds.DEFAULT,
                List.of(),
                List.of(),
                List.of(),
                Optional.empty(),
                Map.of(),
                Budget.DEFAULT,
                Digest.of(new byte[0])));
  }

  private Service service() {
    return new Service(
        SERVICE,
        Service.Kind.HTTP,
        ".",
        List.of("**"),
        List.of(),
        Optional.empty(),
        Optional.empty(),
        Optional.of(new Service.Run(List.of("run"), Map.of(), "/health", 1)),
        Smoke.NONE,
        Optional.empty(),
        StagingPlan.DEFAULT,
        RolloutPlan.DEFAULT,
        List.of(),
        Thresholds.DEFAULT,
        migrate,
        List.of());
  }

  /** Tries whatever staging runs. */
  private final class FixedAgent implements Agent {
    private final Stage stage;

    private FixedAgent(Stage stage) {
      this.stage = stage;
    }

    @Override
    public Stage stage() {
      return stage;
    }

    @Override
    public Report run(Assignment assignment) throws InterruptedException {
      return new Report(
          stage,
          "fixed/1",
          List.of(),
          List.of(),
          checks(assignment),
          List.of(),
          List.of(),
          Map.of());
    }

    @Override
    public List<Check> checks(Assignment assignment) {
      Artifact runs = stable(STAGING).orElseThrow();
      boolean bad = failing.contains(runs);
      return List.of(
          new Check(
              "s0 smoke",
              bad ? Check.Outcome.FAILED : Check.Outcome.PASSED,
              (bad ? "status 500 of " : "status 200 of ")
                  + assignment.candidate().commit().brief()));
    }
  }

  private static final class FixedCodec implements AuditCodec {
    @Override
    public byte[] encode(AuditRecord record) {
      return record.toString().getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public AuditRecord decode(byte[] canonical) {
      throw new AssertionError("nothing is read here");
    }

    @Override
    public byte[] reference(AuditRecord record, Digest content) {
      throw new AssertionError("no record is long here");
    }

    @Override
    public Optional<Digest> referred(byte[] entry) {
      throw new AssertionError("nothing is read here");
    }
  }

  private static final class NoBranches implements Branches {
    @Override
    public Move moveBranch(String repository, String branch, CommitId expected, CommitId to) {
      throw new AssertionError("no branch is moved here");
    }

    @Override
    public Reverted revert(String repository, String baseBranch, Revert revert) {
      throw new AssertionError("nothing is reverted here");
    }
  }
}
