package dev.slipway.app.engine;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import dev.slipway.change.ChangeId;
import dev.slipway.pipeline.ChangeState;
import dev.slipway.pipeline.Performer;
import dev.slipway.pipeline.Planner;
import dev.slipway.pipeline.Signal;
import java.sql.SQLException;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import javax.sql.DataSource;
import org.apache.pekko.actor.BootstrapSetup;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.javadsl.AskPattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes changes from pull request to production and survives being killed at any moment: what it
 * accepted is durable, and what was under way is taken up again after a start.
 */
public final class Engine implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Engine.class);

  private final EngineSettings settings;
  private final ReadModel readModel;
  private final Watchers watchers = new Watchers();
  private final LeaseBoard leaseBoard = new LeaseBoard();
  private final Crew crew;
  private final ActorSystem<Void> system;
  private final Regions regions;
  private final Waking waking;

  private Engine(
      DataSource database,
      Planner planner,
      Performer performer,
      Clock clock,
      EngineSettings settings) {
    this.settings = settings;
    this.readModel = new ReadModel(database);
    this.crew = new Crew(performer, settings);
    CompletableFuture<Regions> started = new CompletableFuture<>();
    this.system =
        ActorSystem.create(
            Regions.root(
                addresses ->
                    new Surroundings(
                        planner, crew, addresses, readModel, watchers, leaseBoard, settings, clock),
                started),
            "slipway",
            BootstrapSetup.create(configuration())
                .and(new PooledDatabase.Pool(database, settings.journalConnections())));
    this.regions = started.join();
    this.waking = new Waking(database, readModel, system, regions, settings);
  }

  /**
   * Starts on a database with the tables of this version. Returns at once: the changes that have
   * not ended are read back meanwhile, see {@link #awake}.
   *
   * @param database pooled connections; stays open until after {@link #close}
   */
  public static Engine start(
      DataSource database, Planner planner, Performer performer, Clock clock) {
    return start(database, planner, performer, clock, EngineSettings.DEFAULT);
  }

  /** As above, within other bounds. */
  public static Engine start(
      DataSource database,
      Planner planner,
      Performer performer,
      Clock clock,
      EngineSettings settings) {
    Engine engine = new Engine(database, planner, performer, clock, settings);
    engine.readModel.start();
    engine.waking.start();
    return engine;
  }

  /** Of our own settings only: no file or property of the surroundings reaches the engine. */
  private static Config configuration() {
    return ConfigFactory.parseResources(Engine.class, "engine.conf")
        .withFallback(ConfigFactory.defaultReference(Engine.class.getClassLoader()))
        .resolve();
  }

  /**
   * Tells a change something.
   *
   * @return what came of it, once that is durable; fails with a {@link
   *     java.util.concurrent.TimeoutException} if there is no answer in time, and then it is open
   *     whether the signal was taken in
   */
  public CompletionStage<Reply> ask(ChangeId change, Signal signal) {
    return AskPattern.<Region.Command<ChangeId, ChangeMessage>, Reply>ask(
        regions.changes(),
        asker ->
            new Region.Command.Deliver<>(
                change, new ChangeMessage.Receive(signal, Optional.of(asker))),
        settings.askLimit(),
        system.scheduler());
  }

  /** Tells a change something, without asking what came of it. */
  public void tell(ChangeId change, Signal signal) {
    regions.tell(change, new ChangeMessage.Receive(signal, Optional.empty()));
  }

  /** Where the change stands; empty if there is no such change. */
  public Optional<ChangeState> state(ChangeId change) {
    return join(look(change)).map(Standing::state);
  }

  private CompletionStage<Optional<Standing>> look(ChangeId change) {
    return AskPattern.<Region.Command<ChangeId, ChangeMessage>, Optional<Standing>>ask(
        regions.changes(),
        asker -> new Region.Command.Deliver<>(change, new ChangeMessage.Look(asker)),
        settings.askLimit(),
        system.scheduler());
  }

  private static <T> T join(CompletionStage<T> stage) {
    try {
      return stage.toCompletableFuture().join();
    } catch (CompletionException e) {
      throw new IllegalStateException("the engine does not answer: " + e.getCause(), e);
    }
  }

  /** The changes that match, latest first. */
  public List<ChangeSummary> changes(ChangeFilter filter) {
    try {
      return readModel.changes(filter);
    } catch (SQLException e) {
      throw new IllegalStateException("the changes cannot be read: " + e.getMessage(), e);
    }
  }

  /** Every lease that is held or waited for. */
  public List<Lease> leases() {
    return leaseBoard.inUse();
  }

  /**
   * Hears where the change stands, now and from now on, in order, on a thread of its own. Who is
   * slow misses states, but never the newest.
   *
   * @return closed to hear no more
   */
  public Watch watch(ChangeId change, Consumer<ChangeState> hear) {
    Watchers.Watcher watcher = watchers.add(change, hear);
    look(change)
        .whenComplete(
            (standing, fault) -> {
              if (fault == null) {
                standing.ifPresent(watcher::tell);
              } else {
                LOG.warn("{} is watched from its next state on: {}", change, fault.toString());
              }
            });
    return watcher;
  }

  /** Done when every change that had not ended at the start is back and its acts are under way. */
  public CompletionStage<Void> awake() {
    return waking.done();
  }

  /** Stops every act, then everything else. What was under way goes on at the next start. */
  @Override
  public void close() {
    waking.close();
    system.terminate();
    crew.close();
    join(system.getWhenTerminated());
    watchers.close();
    readModel.close();
  }
}
