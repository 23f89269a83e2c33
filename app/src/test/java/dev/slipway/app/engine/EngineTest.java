package dev.slipway.app.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.slipway.app.store.Database;
import dev.slipway.app.store.TestStore;
import dev.slipway.change.ChangeId;
import dev.slipway.change.Environment;
import dev.slipway.change.Person;
import dev.slipway.change.ServiceName;
import dev.slipway.change.Slot;
import dev.slipway.change.Stage;
import dev.slipway.pipeline.Act;
import dev.slipway.pipeline.ChangeState;
import dev.slipway.pipeline.Performer;
import dev.slipway.pipeline.Planner;
import dev.slipway.pipeline.Result;
import dev.slipway.pipeline.Signal;
import dev.slipway.pipeline.Step;
import dev.slipway.policy.Check;
import dev.slipway.policy.Reason;
import dev.slipway.project.Service;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EngineTest {
  private static final ChangeId ONE = new ChangeId("orders-1");
  private static final ChangeId TWO = new ChangeId("orders-2");
  private static final ChangeId THREE = new ChangeId("orders-3");
  private static final Slot STAGING = new Slot(Environment.STAGING, new ServiceName("orders"));
  private static final EngineSettings QUICK =
      new EngineSettings(
          3,
          Duration.ofMillis(1),
          Duration.ofMillis(4),
          8,
          16,
          4,
          Duration.ofMillis(5),
          Duration.ofMillis(200),
          Duration.ofSeconds(30),
          Duration.ofSeconds(10));

  @TempDir private static Path home;
  private static Database database;

  private final SettableClock clock = new SettableClock();
  private final List<Engine> engines = new ArrayList<>();

  @BeforeAll
  static void open() {
    database = Database.open(TestStore.settings(home));
  }

  @AfterAll
  static void close() {
    database.close();
  }

  @BeforeEach
  void empty() throws Exception {
    try (Connection connection = database.dataSource().getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute("TRUNCATE event_journal, event_tag, snapshot, changes");
    }
  }

  @AfterEach
  void stop() {
    engines.reversed().forEach(Engine::close);
  }

  @Test
  void aChangeGoesThroughEveryStageAndShips() {
    Scripted performer = new Scripted(Service.Kind.HTTP);
    Engine engine = start(performer);

    Reply reply = ask(engine, ONE, Passing.open(ONE));

    assertThat(reply).isInstanceOf(Reply.Accepted.class);
    awaitStep(engine, ONE, Step.SHIPPED);
    assertThat(performer.begun(Act.Promote.class)).hasSize(1);
    await().untilAsserted(() -> assertThat(engine.leases()).isEmpty());
    assertThat(engine.changes(ChangeFilter.LATEST))
        .singleElement()
        .satisfies(
            line -> {
              assertThat(line.id()).isEqualTo(ONE);
              assertThat(line.state()).isEqualTo("SHIPPED");
              assertThat(line.author()).isEqualTo("ada");
            });
  }

  @Test
  void anUnknownChangeIsRefusedAndHasNoState() {
    Engine engine = start(new Scripted(Service.Kind.HTTP));
    assertThat(engine.state(ONE)).isEmpty();
    assertThat(ask(engine, ONE, new Signal.Retry(Passing.REVIEWER)))
        .isEqualTo(new Reply.Refused("there is no such change"));
    assertThat(engine.changes(ChangeFilter.LATEST)).isEmpty();
  }

  @Test
  void whatWasUnderWayIsTakenUpAgainAfterARestart() {
    Scripted first = new Scripted(Service.Kind.HTTP).holdBack(Act.Build.class, never());
    Engine before = start(first);
    ask(before, ONE, Passing.open(ONE));
    await().until(() -> first.begun(Act.Build.class).size() == 1);
    before.close();
    assertThat(first.interrupted(Act.Build.class)).as("stopped before close returns").hasSize(1);

    Scripted second = new Scripted(Service.Kind.HTTP);
    Engine after = start(second);

    awaitStep(after, ONE, Step.SHIPPED);
    assertThat(second.begun(Act.Prepare.class)).as("what was done is not done again").isEmpty();
    assertThat(second.begun(Act.Build.class))
        .extracting(Act.Build::key)
        .isEqualTo(first.begun(Act.Build.class).stream().map(Act.Build::key).toList());
  }

  @Test
  void anActThatIsNoLongerWantedIsInterrupted() {
    Scripted performer = new Scripted(Service.Kind.HTTP).holdBack(Act.Build.class, never());
    Engine engine = start(performer);
    ask(engine, ONE, Passing.open(ONE));
    await().until(() -> performer.begun(Act.Build.class).size() == 1);

    assertThat(ask(engine, ONE, new Signal.Close())).isInstanceOf(Reply.Accepted.class);

    await().until(() -> performer.interrupted(Act.Build.class).size() == 1);
    awaitStep(engine, ONE, Step.CLOSED);
    assertThat(ask(engine, ONE, new Signal.Close())).isInstanceOf(Reply.Refused.class);
  }

  @Test
  void aFaultThatPassesIsTriedAgain() {
    List<Act> attempts = new CopyOnWriteArrayList<>();
    Scripted performer = new Scripted(Service.Kind.HTTP);
    performer.on(
        Act.Build.class,
        act -> {
          attempts.add(act);
          if (attempts.size() < 3) {
            throw new IllegalStateException("the registry does not answer");
          }
          return performer.pass(act);
        });
    Engine engine = start(performer);
    ask(engine, ONE, Passing.open(ONE));
    awaitStep(engine, ONE, Step.SHIPPED);
    assertThat(attempts).hasSize(3);
  }

  @Test
  void e9_anActThatFailsForEverEndsWithAPersonNotInALoop() {
    Scripted performer = new Scripted(Service.Kind.HTTP);
    performer.on(
        Act.Build.class,
        act -> {
          throw new IllegalStateException("no space left on device");
        });
    Engine engine = start(performer);
    ask(engine, ONE, Passing.open(ONE));

    ChangeState state = awaitStep(engine, ONE, Step.WAITING_FOR_PERSON);

    assertThat(state.reasons())
        .extracting(Reason::message)
        .containsExactly("no space left on device");
    assertThat(performer.begun(Act.Build.class)).hasSize(QUICK.attemptsMax());
    await().until(() -> performer.begun(Act.Escalate.class).size() == 1);
  }

  @Test
  void aRecordIsKeptHoweverLongItTakes() {
    List<Act> attempts = new CopyOnWriteArrayList<>();
    Scripted performer = new Scripted(Service.Kind.LIBRARY);
    performer.on(
        Act.Keep.class,
        act -> {
          attempts.add(act);
          if (attempts.size() <= 3 * QUICK.attemptsMax()) {
            throw new IllegalStateException("the audit log is down");
          }
          return new Result.Noted();
        });
    Engine engine = start(performer);
    ask(engine, ONE, Passing.open(ONE));
    awaitStep(engine, ONE, Step.SHIPPED);
    await().until(() -> attempts.size() == 3 * QUICK.attemptsMax() + 1);
  }

  @Test
  void whatAnEndedChangeStillHasToRecordIsRecordedAfterARestart() {
    Scripted first = new Scripted(Service.Kind.LIBRARY).holdBack(Act.Keep.class, never());
    Engine before = start(first);
    ask(before, ONE, Passing.open(ONE));
    awaitStep(before, ONE, Step.SHIPPED);
    await().until(() -> !first.begun(Act.Keep.class).isEmpty());
    before.close();

    Scripted second = new Scripted(Service.Kind.LIBRARY);
    start(second);

    await().until(() -> second.begun(Act.Keep.class).size() == 1);
    assertThat(second.begun(Act.Keep.class))
        .extracting(Act.Keep::key)
        .isEqualTo(first.begun(Act.Keep.class).stream().map(Act.Keep::key).toList());
  }

  @Test
  void lookingAtAnEndedChangeDoesNothingAgain() throws Exception {
    Engine before = start(new Scripted(Service.Kind.LIBRARY));
    ask(before, ONE, Passing.open(ONE));
    await().until(() -> isSettled(ONE));
    before.close();

    Scripted second = new Scripted(Service.Kind.LIBRARY);
    Engine after = start(second);
    after.awake().toCompletableFuture().get(30, TimeUnit.SECONDS);
    assertThat(after.state(ONE)).map(ChangeState::step).contains(Step.SHIPPED);
    assertThat(ask(after, ONE, new Signal.Close())).isInstanceOf(Reply.Refused.class);
    after.close();

    assertThat(second.begun(Act.class)).isEmpty();
  }

  @Test
  void aChangeThatWaitsForPeopleRestsUntilTheyDecide() throws Exception {
    Engine before = start(asking());
    ask(before, ONE, Passing.open(ONE));
    await().until(() -> isSettled(ONE));
    before.close();

    Scripted second = asking();
    Engine after = start(second);
    after.awake().toCompletableFuture().get(30, TimeUnit.SECONDS);
    ChangeState state = after.state(ONE).orElseThrow();
    assertThat(state.step()).isEqualTo(Step.WAITING_FOR_PERSON);
    assertThat(second.begun(Act.class)).as("nobody is told again").isEmpty();

    ask(after, ONE, approval(state));
    awaitStep(after, ONE, Step.SHIPPED);
  }

  @Test
  void aChangeThatIsOpenedWhileItIsLookedAtGoesOn() {
    CountDownLatch all = new CountDownLatch(1);
    Scripted performer = new Scripted(Service.Kind.LIBRARY).holdBack(Act.Prepare.class, all);
    Engine engine = start(performer);
    List<ChangeId> changes =
        IntStream.range(0, 50).mapToObj(i -> new ChangeId("looked-at-" + i)).toList();

    Set<ChangeId> shipped = ConcurrentHashMap.newKeySet();
    for (ChangeId change : changes) {
      engine.watch(
          change,
          state -> {
            if (state.step() == Step.SHIPPED) {
              shipped.add(change);
            }
          });
      engine.tell(change, Passing.open(change));
    }
    await().until(() -> performer.begun(Act.Prepare.class).size() >= changes.size());
    all.countDown();

    // To look at one would bring it back.
    await().until(() -> shipped.size() == changes.size());
  }

  @Test
  void anApprovalThatTheTableNeverHeardOfIsActedOnAfterARestart() throws Exception {
    Engine before = start(asking().holdBack(Act.Merge.class, never()));
    ask(before, ONE, Passing.open(ONE));
    await().until(() -> isSettled(ONE));
    long rested = sequenceNumber(ONE);
    ask(before, ONE, approval(before.state(ONE).orElseThrow()));
    awaitStep(before, ONE, Step.MERGING);
    before.close();
    update("UPDATE changes SET settled = true, sequence_number = " + rested);

    Engine after = start(asking());
    after.awake().toCompletableFuture().get(30, TimeUnit.SECONDS);
    awaitStep(after, ONE, Step.SHIPPED);
  }

  /** A library whose review finds more risk than the policy takes. */
  private static Scripted asking() {
    Scripted performer = new Scripted(Service.Kind.LIBRARY);
    return performer.on(
        Act.Inspect.class,
        act ->
            ((Act.Inspect) act).stage() == Stage.REVIEW
                ? new Result.Reported(Passing.risk(9), "sha256:" + "d".repeat(64))
                : performer.pass(act));
  }

  private static Signal approval(ChangeState state) {
    return new Signal.Approve(
        Person.human("grace"), state.pull().head(), state.reasons(), "as agreed");
  }

  @Test
  void aTimerFiresByTheClockAlsoAfterARestart() {
    Scripted first = new Scripted(Service.Kind.HTTP).holdBack(Act.Build.class, never());
    Engine before = start(first);
    ask(before, ONE, Passing.open(ONE));
    await().until(() -> first.begun(Act.Build.class).size() == 1);
    before.close();

    Engine after = start(new Scripted(Service.Kind.HTTP).holdBack(Act.Build.class, never()));
    assertThat(after.state(ONE)).map(ChangeState::step).contains(Step.BUILDING);
    clock.advance(Duration.ofHours(3));

    ChangeState state = awaitStep(after, ONE, Step.WAITING_FOR_PERSON);
    assertThat(state.reasons()).extracting(Reason::message).first().asString().contains("2 h");
  }

  @Test
  void aFrozenChangeGoesOnByItselfAlsoAfterARestart() {
    Instant thaw = clock.instant().plus(Duration.ofHours(5));
    Scripted first = new Scripted(Service.Kind.HTTP).on(Act.Inspect.class, frozenUntil(thaw));
    Engine before = start(first);
    ask(before, ONE, Passing.open(ONE));
    awaitStep(before, ONE, Step.WAITING_FOR_PERSON);
    assertThat(before.leases()).isEmpty();
    before.close();
    Scripted second = new Scripted(Service.Kind.HTTP).on(Act.Inspect.class, frozenUntil(thaw));
    Engine after = start(second);
    after.awake().toCompletableFuture().join();
    assertThat(second.begun(Act.Inspect.class)).as("nothing is tried before").isEmpty();

    clock.advance(Duration.ofHours(5));

    awaitStep(after, ONE, Step.SHIPPED);
    assertThat(first.begun(Act.Escalate.class)).isEmpty();
  }

  /** Frozen until then, as the deployment agent would report it. */
  private Performer frozenUntil(Instant thaw) {
    return act -> {
      Result result = new Passing(STAGING.service(), Service.Kind.HTTP).perform(act);
      boolean assessing =
          ((Act.Inspect) act).stage() == Stage.DEPLOYMENT
              && ((Act.Inspect) act).watch().isEmpty()
              && clock.instant().isBefore(thaw);
      if (!assessing || !(result instanceof Result.Reported reported)) {
        return result;
      }
      Check frozen = new Check("frozen until " + thaw, Check.Outcome.FAILED, "year end");
      return new Result.Reported(
          reported.report().withChecks(List.of(frozen)).frozenUntil(thaw), reported.digest());
    };
  }

  @Test
  void aLeaseIsHeldByOneAndItsQueueIsServedByPriorityThenArrival_C11() {
    CountDownLatch go = new CountDownLatch(1);
    Scripted performer = new Scripted(Service.Kind.HTTP).holdBack(Act.DeployToStaging.class, go);
    Engine engine = start(performer);
    ask(engine, ONE, Passing.open(ONE));
    await().until(() -> performer.begun(Act.DeployToStaging.class).size() == 1);
    ask(engine, TWO, Passing.open(TWO));
    await().until(() -> waiting(engine).contains(TWO));
    ask(engine, THREE, Passing.open(THREE, 10));
    await().until(() -> waiting(engine).equals(List.of(THREE, TWO)));
    assertThat(engine.leases())
        .singleElement()
        .satisfies(lease -> assertThat(lease.holder()).map(Lease.Place::change).contains(ONE));

    go.countDown();

    for (ChangeId id : List.of(ONE, TWO, THREE)) {
      awaitStep(engine, id, Step.SHIPPED);
    }
    assertThat(performer.begun(Act.DeployToStaging.class))
        .extracting(act -> act.of().pull().id())
        .containsExactly(ONE, THREE, TWO);
    assertThat(performer.begun(Act.DeployToStaging.class))
        .extracting(act -> act.epochs().get(STAGING).lease())
        .as("fencing tokens")
        .containsExactly(1L, 2L, 3L);
  }

  @Test
  void aLeaseAndItsQueueSurviveARestart() {
    Scripted first = new Scripted(Service.Kind.HTTP).holdBack(Act.DeployToStaging.class, never());
    Engine before = start(first);
    ask(before, ONE, Passing.open(ONE));
    await().until(() -> first.begun(Act.DeployToStaging.class).size() == 1);
    ask(before, TWO, Passing.open(TWO));
    ask(before, THREE, Passing.open(THREE));
    await().until(() -> waiting(before).size() == 2);
    List<ChangeId> queue = waiting(before);
    before.close();

    Scripted second = new Scripted(Service.Kind.HTTP).holdBack(Act.DeployToStaging.class, never());
    Engine after = start(second);
    await().until(() -> second.begun(Act.DeployToStaging.class).size() == 1);

    assertThat(second.begun(Act.DeployToStaging.class).getFirst().epochs())
        .as("the same token")
        .isEqualTo(first.begun(Act.DeployToStaging.class).getFirst().epochs());
    await().untilAsserted(() -> assertThat(waiting(after)).isEqualTo(queue));
  }

  @Test
  void aLeaseThatItsHolderGaveUpUnheardIsFreedAfterARestart() throws Exception {
    Scripted first = new Scripted(Service.Kind.HTTP).holdBack(Act.DeployToStaging.class, never());
    Engine before = start(first);
    ask(before, ONE, Passing.open(ONE));
    await().until(() -> first.begun(Act.DeployToStaging.class).size() == 1);
    ask(before, ONE, new Signal.Close());
    await().until(() -> before.leases().isEmpty());
    before.close();
    try (Connection connection = database.dataSource().getConnection();
        Statement statement = connection.createStatement()) {
      // As if killed between the change's end and the lease's.
      assertThat(
              statement.executeUpdate(
                  "DELETE FROM event_journal WHERE persistence_id = 'lease|staging/orders'"
                      + " AND event_ser_manifest = 'lease-event/1:left'"))
          .isEqualTo(1);
    }

    Engine after = start(new Scripted(Service.Kind.HTTP));
    ask(after, TWO, Passing.open(TWO));
    awaitStep(after, TWO, Step.SHIPPED);
  }

  @Test
  void aChangeThatTheTableNeverHeardOfGoesOn() throws Exception {
    Engine before = start(new Scripted(Service.Kind.HTTP).holdBack(Act.Build.class, never()));
    ask(before, ONE, Passing.open(ONE));
    before.close();
    update("TRUNCATE changes");
    Engine after = start(new Scripted(Service.Kind.HTTP));
    after.awake().toCompletableFuture().get(30, TimeUnit.SECONDS);
    await()
        .untilAsserted(
            () ->
                assertThat(after.changes(ChangeFilter.LATEST))
                    .extracting(ChangeSummary::state)
                    .containsExactly("SHIPPED"));
  }

  @Test
  void whoWatchesHearsWhereItStandsAndEveryStateFromThenOn() throws Exception {
    CountDownLatch go = new CountDownLatch(1);
    Scripted performer = new Scripted(Service.Kind.LIBRARY).holdBack(Act.Prepare.class, go);
    Engine engine = start(performer);
    ask(engine, ONE, Passing.open(ONE));
    List<Step> heard = new CopyOnWriteArrayList<>();
    Watch watch = engine.watch(ONE, state -> heard.add(state.step()));
    await().until(() -> heard.equals(List.of(Step.PREPARING)));

    go.countDown();

    await().until(() -> heard.contains(Step.SHIPPED));
    assertThat(heard)
        .containsExactly(Step.PREPARING, Step.REVIEWING, Step.TESTING, Step.MERGING, Step.SHIPPED);
    watch.close();
  }

  @Test
  void aSignalThatThePlannerCannotDigestIsRefusedAndTheChangeGoesOn() {
    Scripted performer = new Scripted(Service.Kind.HTTP);
    // A build result where a preparation is expected leads to an event that cannot happen there.
    performer.on(Act.Prepare.class, act -> Result.RolledBack.seen());
    Engine engine = start(performer);
    ask(engine, ONE, Passing.open(ONE));
    ChangeState state = awaitStep(engine, ONE, Step.WAITING_FOR_PERSON);
    assertThat(state.reasons())
        .extracting(Reason::message)
        .first()
        .asString()
        .contains("cannot be taken in");
    performer.on(Act.Prepare.class, performer::pass);
    ask(engine, ONE, new Signal.Retry(Passing.REVIEWER));
    awaitStep(engine, ONE, Step.SHIPPED);
  }

  @Test
  void e9_aStoredEventThatCannotBeReadHoldsUpNobodyElse() throws Exception {
    Engine before = start(new Scripted(Service.Kind.LIBRARY).holdBack(Act.Prepare.class, never()));
    ask(before, ONE, Passing.open(ONE));
    ask(before, TWO, Passing.open(TWO));
    before.close();
    try (Connection connection = database.dataSource().getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(
          "UPDATE event_journal SET event_payload = 'poison' WHERE persistence_id = 'change|"
              + ONE
              + "'");
    }
    Engine after = start(new Scripted(Service.Kind.LIBRARY));
    awaitStep(after, TWO, Step.SHIPPED);
  }

  @Test
  void twoHundredChangesAtOnceAllShip() {
    Scripted performer = new Scripted(Service.Kind.LIBRARY);
    Engine engine = start(performer);
    List<ChangeId> ids = IntStream.range(0, 200).mapToObj(i -> new ChangeId("many-" + i)).toList();
    ids.forEach(id -> engine.tell(id, Passing.open(id)));
    ids.forEach(id -> awaitStep(engine, id, Step.SHIPPED));
    assertThat(performer.begun(Act.Merge.class)).hasSize(200);
    assertThat(
            engine.changes(
                new ChangeFilter(
                    Optional.of("/repo"), Optional.empty(), ChangeFilter.Standing.ENDED, 1000)))
        .hasSize(200);
  }

  private Engine start(Performer performer) {
    Engine engine =
        Engine.start(database.dataSource(), new Planner("test"), performer, clock, QUICK);
    engines.add(engine);
    return engine;
  }

  private static Reply ask(Engine engine, ChangeId id, Signal signal) {
    return engine.ask(id, signal).toCompletableFuture().join();
  }

  private static ChangeState awaitStep(Engine engine, ChangeId id, Step step) {
    return await("the step " + step + " of " + id)
        .atMost(Duration.ofSeconds(60))
        .until(() -> engine.state(id), it -> it.filter(s -> s.step() == step).isPresent())
        .orElseThrow();
  }

  private static boolean isSettled(ChangeId id) throws SQLException {
    try (Connection connection = database.dataSource().getConnection();
        PreparedStatement statement =
            connection.prepareStatement("SELECT settled FROM changes WHERE id = ?")) {
      statement.setString(1, id.value());
      try (ResultSet rows = statement.executeQuery()) {
        return rows.next() && rows.getBoolean(1);
      }
    }
  }

  private static long sequenceNumber(ChangeId id) throws SQLException {
    try (Connection connection = database.dataSource().getConnection();
        PreparedStatement statement =
            connection.prepareStatement("SELECT sequence_number FROM changes WHERE id = ?")) {
      statement.setString(1, id.value());
      try (ResultSet rows = statement.executeQuery()) {
        assertThat(rows.next()).isTrue();
        return rows.getLong(1);
      }
    }
  }

  private static void update(String sql) throws SQLException {
    try (Connection connection = database.dataSource().getConnection();
        Statement statement = connection.createStatement()) {
      statement.executeUpdate(sql);
    }
  }

  private static List<ChangeId> waiting(Engine engine) {
    return engine.leases().stream()
        .filter(lease -> lease.slot().equals(STAGING))
        .flatMap(lease -> lease.waiting().stream())
        .map(Lease.Place::change)
        .toList();
  }

  private static CountDownLatch never() {
    return new CountDownLatch(1);
  }
}
