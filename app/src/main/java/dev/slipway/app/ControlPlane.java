package dev.slipway.app;

import dev.slipway.agents.Agents;
import dev.slipway.agents.Explainer;
import dev.slipway.agents.deployment.CanaryWatch;
import dev.slipway.agents.deployment.DeploymentAgent;
import dev.slipway.agents.deployment.FreezeCalendar;
import dev.slipway.agents.deployment.Trouble;
import dev.slipway.agents.review.ReviewAgent;
import dev.slipway.agents.review.ReviewFloor;
import dev.slipway.agents.staging.StagingAgent;
import dev.slipway.agents.testing.TestAgent;
import dev.slipway.agents.validation.ValidationAgent;
import dev.slipway.app.artifacts.FileArtifactStore;
import dev.slipway.app.audit.CanonicalCodec;
import dev.slipway.app.config.GitProjects;
import dev.slipway.app.config.ReferencedSecrets;
import dev.slipway.app.config.ServerConfig;
import dev.slipway.app.coverage.ReportReader;
import dev.slipway.app.detectors.Detectors;
import dev.slipway.app.edge.EdgeClient;
import dev.slipway.app.edge.EdgeMetrics;
import dev.slipway.app.edge.EdgeProcess;
import dev.slipway.app.edge.EdgeRouter;
import dev.slipway.app.edge.EdgeSupervisor;
import dev.slipway.app.engine.Engine;
import dev.slipway.app.generation.Profiles;
import dev.slipway.app.http.HttpProber;
import dev.slipway.app.http.RecordedRequests;
import dev.slipway.app.http.SystemTicker;
import dev.slipway.app.incidents.FileIncidents;
import dev.slipway.app.localgit.LocalForge;
import dev.slipway.app.localgit.LocalGit;
import dev.slipway.app.notify.LogNotifier;
import dev.slipway.app.sandbox.BoundedSandbox;
import dev.slipway.app.store.Database;
import dev.slipway.app.store.StoreSettings;
import dev.slipway.app.store.StoredBaselines;
import dev.slipway.app.store.StoredCheckpoints;
import dev.slipway.app.store.StoredFlagChanges;
import dev.slipway.app.store.StoredReleases;
import dev.slipway.app.store.StoredSpending;
import dev.slipway.app.store.StoredTestCounts;
import dev.slipway.audit.AuditRecord.Discrepancy;
import dev.slipway.change.Digest;
import dev.slipway.change.FlagChange;
import dev.slipway.change.Person;
import dev.slipway.change.PullRequest;
import dev.slipway.model.Conversations;
import dev.slipway.notification.Notifier;
import dev.slipway.pipeline.Asides;
import dev.slipway.pipeline.Building;
import dev.slipway.pipeline.Confirmation;
import dev.slipway.pipeline.Inspection;
import dev.slipway.pipeline.Investigation;
import dev.slipway.pipeline.Options;
import dev.slipway.pipeline.Planner;
import dev.slipway.pipeline.Preparation;
import dev.slipway.pipeline.Production;
import dev.slipway.pipeline.Runner;
import dev.slipway.pipeline.Signal;
import dev.slipway.project.Projects;
import dev.slipway.target.Releases;
import dev.slipway.target.Slots;
import dev.slipway.telemetry.FlagChanges;
import dev.slipway.workspace.ArtifactBuilder;
import dev.slipway.workspace.Sandbox;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.slf4j.LoggerFactory;

/**
 * Everything that carries changes to production, wired: the one place that knows every adapter. Its
 * state is under one home directory; the edge and what it deployed live on when it ends.
 */
public final class ControlPlane implements AutoCloseable {
  private static final Duration PER_DETECTOR = Duration.ofSeconds(30);

  private final Deque<AutoCloseable> open = new ArrayDeque<>();
  private final Engine engine;
  private final LocalGit git;
  private final Projects projects;
  private final Sandbox sandbox;
  private final ProductionTargets targets;
  private final Path home;
  private final Database database;
  private final AuditLog audit;
  private final FileArtifactStore artifacts;
  private final Releases releases;
  private final FileIncidents incidents;
  private final FlagChanges flags;
  private final Notifier notifier = new LogNotifier();

  private ControlPlane(Path home, Sandbox machine, ServerConfig config) {
    try {
      this.sandbox = new BoundedSandbox(machine, config.commandsMax());
      this.home = home;
      this.database = opened(Database.open(store(home, config)));
      CanonicalCodec codec = new CanonicalCodec();
      this.audit =
          opened(
              AuditLog.open(
                  home, config, new StoredCheckpoints(database.dataSource()), Clock.systemUTC()));
      audit.started(config, sandbox.name());
      this.git = opened(new LocalGit(home.resolve("checkouts"), sandbox));
      this.artifacts = new FileArtifactStore(home.resolve("artifacts"));
      this.projects = new GitProjects(git);
      ReferencedSecrets secrets = new ReferencedSecrets(System.getenv());
      opened(edge(home.resolve("edge")));
      EdgeClient edge = opened(EdgeClient.of(home.resolve("edge")));
      this.targets =
          opened(
              ProductionTargets.of(
                  config.production(),
                  new ProductionTargets.Own(
                      home, new EdgeRouter(edge), new EdgeMetrics(edge), artifacts)));
      StoredBaselines baselines = new StoredBaselines(database.dataSource());
      this.releases = new StoredReleases(database.dataSource());
      this.flags = new StoredFlagChanges(database.dataSource());
      HttpProber prober = new HttpProber();
      Conversations conversations = conversations(config);
      Explainer explainer = new Explainer(git, conversations);
      Agents agents =
          new Agents(
              List.of(
                  new ReviewAgent(
                      git, new ReviewFloor(Detectors.all(), PER_DETECTOR), conversations),
                  new TestAgent(
                      git,
                      new ReportReader(),
                      Profiles.all(),
                      conversations,
                      new StoredTestCounts(database.dataSource())),
                  new StagingAgent(git, prober, new RecordedRequests(), baselines, explainer),
                  new ValidationAgent(git, baselines, explainer),
                  new DeploymentAgent(
                      targets,
                      releases,
                      git,
                      new CanaryWatch(
                          targets.metrics(), new SystemTicker(), baselines, flags, audit),
                      new FreezeCalendar(config.production().freezes(), InstantSource.system()),
                      new Trouble(targets.metrics(), targets, releases, new SystemTicker()),
                      baselines)));
      this.incidents = new FileIncidents(home.resolve("incidents"), audit::place);
      CompletableFuture<Engine> started = new CompletableFuture<>();
      Building building = new Building(new ArtifactBuilder(git, artifacts), projects, secrets);
      Production production =
          new Production(targets, git, git, building, projects, secrets, releases, baselines);
      Runner runner =
          new Runner(
              audit.trail(),
              new Preparation(git, projects, config.ceilings()),
              new Inspection(agents, projects, codec),
              building,
              production,
              new Confirmation(targets, targets.metrics(), new SystemTicker()),
              new Asides(
                  audit.trail(),
                  production,
                  new Investigation(
                      audit.trail()::recordsOf,
                      git,
                      projects,
                      audit,
                      conversations,
                      incidents,
                      notifier),
                  new LocalForge((pull, priority) -> open(started.join(), pull, priority)),
                  notifier));
      this.engine =
          opened(
              Engine.start(
                  database.dataSource(), new Planner(Version.text()), runner, Clock.systemUTC()));
      started.complete(engine);
      opened(new AuditUpkeep(notifier))
          .start(this::reconcile, () -> audit.eraseExpired(artifacts::isThere, artifacts::erase));
    } catch (RuntimeException e) {
      closeAll();
      throw e;
    }
  }

  /**
   * Opens the control plane of a home; only one may be open for a home at a time.
   *
   * @param sandbox in which commands of changes run
   */
  public static ControlPlane open(Path home, Sandbox sandbox, ServerConfig config) {
    return new ControlPlane(home, sandbox, config);
  }

  static StoreSettings store(Path home, ServerConfig config) {
    return config
        .database()
        .map(
            own ->
                StoreSettings.own(
                    home,
                    own.url(),
                    own.user(),
                    own.password().map(it -> it.reveal(System.getenv())).orElse("")))
        .orElseGet(() -> StoreSettings.embedded(home));
  }

  /** Opens a change of our own; one of the same name that people moved on is open already. */
  private void open(Engine in, PullRequest pull, int priority) {
    Options options = Options.NONE.withSandbox(sandbox.name()).withPriority(priority);
    in.ask(pull.id(), new Signal.Open(pull, options)).toCompletableFuture().join();
  }

  private static EdgeSupervisor edge(Path directory) {
    return EdgeSupervisor.start(
        EdgeProcess.Launch.with(
            Path.of(System.getProperty("java.home")), System.getProperty("java.class.path")),
        directory);
  }

  /** With the model that is configured; what is said is kept beside the audit log. */
  private Conversations conversations(ServerConfig config) {
    return Models.of(config.model(), System.getenv())
        .map(this::opened)
        .map(model -> Conversations.with(model, audit, new StoredSpending(database.dataSource())))
        .orElseGet(Conversations::none);
  }

  private <T extends AutoCloseable> T opened(T part) {
    open.push(part);
    return part;
  }

  public Engine engine() {
    return engine;
  }

  public LocalGit git() {
    return git;
  }

  public Projects projects() {
    return projects;
  }

  public Sandbox sandbox() {
    return sandbox;
  }

  /** What slots serve. */
  public Slots slots() {
    return targets;
  }

  /** What slots ran, one after another. */
  public Releases releases() {
    return releases;
  }

  /** Reports on what had to be taken back. */
  public FileIncidents incidents() {
    return incidents;
  }

  /** Which feature flags were switched. */
  public FlagChanges flags() {
    return flags;
  }

  /**
   * A feature flag was switched: on record first, then remembered. Told twice, it is done once.
   *
   * @throws dev.slipway.ledger.KeyConflict if something else was told under its id
   */
  public void flagChanged(FlagChange change) {
    audit.flagChanged(change);
    flags.changed(change);
  }

  public AuditLog audit() {
    return audit;
  }

  /** Writes a backup of the home that this control plane works on. */
  public void backUp(OutputStream out) throws IOException {
    audit.publish();
    new Backup(home, database.dataSource()).write(out, Instant.now());
  }

  /** Writes a backup of a home on which no control plane works. */
  public static void backUp(Path home, ServerConfig config, OutputStream out, Instant now)
      throws IOException {
    try (Database database = Database.open(store(home, config))) {
      new Backup(home, database.dataSource()).write(out, now);
    }
  }

  /** Compares the audit log with what runs; what is not as recorded is told and recorded. */
  public List<Discrepancy> reconcile() {
    return audit.reconcile(targets::serving, notifier);
  }

  /** Erases evidence wherever it is kept; on record. */
  public void erase(Digest evidence, String reason, Person by) {
    audit.erase(evidence, reason, by, artifacts::erase);
  }

  /**
   * Stops everything but the edge and what is deployed. What was under way goes on at the next
   * start.
   */
  @Override
  public void close() {
    closeAll();
  }

  private void closeAll() {
    while (!open.isEmpty()) {
      AutoCloseable part = open.pop();
      try {
        part.close();
      } catch (Exception e) {
        LoggerFactory.getLogger(ControlPlane.class).error("{} does not close", part, e);
      }
    }
  }
}
