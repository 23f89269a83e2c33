package dev.slipway.app.engine;

import dev.slipway.change.ChangeId;
import dev.slipway.change.Environment;
import dev.slipway.change.ServiceName;
import dev.slipway.change.Slot;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Semaphore;
import javax.sql.DataSource;
import org.apache.pekko.Done;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.javadsl.AskPattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * After a start, brings back the changes that have not ended, and the leases: so many at a time
 * that the journal can answer new events meanwhile.
 */
final class Waking implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Waking.class);
  private static final Duration PAUSE_AFTER_FAULT = Duration.ofSeconds(1);

  /** A lease's first event is thrown away only once there is a snapshot. */
  private static final String SLOTS =
      """
      SELECT persistence_id FROM event_journal
      WHERE sequence_number = 1 AND persistence_id LIKE 'lease|%'
      UNION SELECT persistence_id FROM snapshot WHERE persistence_id LIKE 'lease|%'
      """;

  private final DataSource database;
  private final ReadModel readModel;
  private final ActorSystem<?> system;
  private final Regions regions;
  private final EngineSettings settings;
  private final CompletableFuture<Void> done = new CompletableFuture<>();
  private final Thread thread = Thread.ofVirtual().name("waking").unstarted(this::run);

  Waking(
      DataSource database,
      ReadModel readModel,
      ActorSystem<?> system,
      Regions regions,
      EngineSettings settings) {
    this.database = database;
    this.readModel = readModel;
    this.system = system;
    this.regions = regions;
    this.settings = settings;
  }

  void start() {
    thread.start();
  }

  CompletionStage<Void> done() {
    return done.minimalCompletionStage();
  }

  private void run() {
    try {
      while (!done.isDone()) {
        try {
          wake(readModel.unfinished(), slots());
          done.complete(null);
        } catch (SQLException e) {
          LOG.warn("The changes that go on cannot be listed yet: {}", e.getMessage());
          Thread.sleep(PAUSE_AFTER_FAULT);
        }
      }
    } catch (InterruptedException e) {
      done.cancel(false);
    }
  }

  private void wake(List<ChangeId> changes, List<Slot> slots) throws InterruptedException {
    Semaphore places = new Semaphore(settings.wakingMax());
    for (ChangeId change : changes) {
      places.acquire();
      AskPattern.<Region.Command<ChangeId, ChangeMessage>, Done>ask(
              regions.changes(),
              asker -> new Region.Command.Deliver<>(change, new ChangeMessage.Wake(asker)),
              settings.askLimit(),
              system.scheduler())
          .whenComplete((ok, fault) -> ended(places, change, fault));
    }
    for (Slot slot : slots) {
      places.acquire();
      AskPattern.<Region.Command<Slot, LeaseMessage>, Done>ask(
              regions.leases(),
              asker -> new Region.Command.Deliver<>(slot, new LeaseMessage.Wake(asker)),
              settings.askLimit(),
              system.scheduler())
          .whenComplete((ok, fault) -> ended(places, slot, fault));
    }
    places.acquire(settings.wakingMax());
  }

  private static void ended(
      Semaphore places, Object what, @org.jspecify.annotations.Nullable Throwable fault) {
    places.release();
    if (fault != null) {
      LOG.error("{} is not back yet: {}", what, fault.toString());
    }
  }

  private List<Slot> slots() throws SQLException {
    try (Connection connection = database.getConnection();
        PreparedStatement statement = connection.prepareStatement(SLOTS);
        ResultSet rows = statement.executeQuery()) {
      List<Slot> slots = new ArrayList<>();
      while (rows.next()) {
        String name = rows.getString(1).substring(LeaseEntity.KIND.length() + 1);
        int slash = name.indexOf('/');
        slots.add(
            new Slot(
                new Environment(name.substring(0, slash)),
                new ServiceName(name.substring(slash + 1))));
      }
      return slots;
    }
  }

  @Override
  public void close() {
    thread.interrupt();
  }
}
