package dev.slipway.bench.engine;

import dev.slipway.app.engine.Engine;
import dev.slipway.app.engine.Watch;
import dev.slipway.app.store.Database;
import dev.slipway.app.store.StoreSettings;
import dev.slipway.change.ChangeId;
import dev.slipway.pipeline.Planner;
import dev.slipway.pipeline.Step;
import dev.slipway.project.Service;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;

/**
 * The engine under load, with stages that do nothing.
 *
 * <pre>
 * EngineBench HOME flow     KIND CONCURRENT CHANGES [MILLIS]   throughput and hand-offs
 * EngineBench HOME waiting  CHANGES                            memory and restart with changes that wait
 * </pre>
 *
 * KIND is {@code http} (all five stages, two leases, one rollout step) or {@code library} (review,
 * test, merge). An act takes MILLIS, or no time.
 */
public final class EngineBench {
  private EngineBench() {}

  public static void main(String[] args) throws Exception {
    Path home = Path.of(args[0]);
    switch (args[1]) {
      case "flow" ->
          flow(
              home,
              Service.Kind.valueOf(args[2].toUpperCase(Locale.ROOT)),
              Integer.parseInt(args[3]),
              Integer.parseInt(args[4]),
              Duration.ofMillis(args.length > 5 ? Integer.parseInt(args[5]) : 0));
      case "waiting" -> waiting(home, Integer.parseInt(args[2]));
      default -> throw new IllegalArgumentException("flow or waiting, not " + args[1]);
    }
    System.exit(0);
  }

  private static void flow(Path home, Service.Kind kind, int concurrent, int changes, Duration time)
      throws Exception {
    AtomicReference<Histogram> handOffs = new AtomicReference<>(new ConcurrentHistogram(3));
    EmptyStages stages =
        new EmptyStages(
            kind, 2, time, nanos -> Objects.requireNonNull(handOffs.get()).recordValue(nanos));
    try (Database database = Database.open(StoreSettings.embedded(home));
        Engine engine =
            Engine.start(database.dataSource(), new Planner("bench"), stages, Clock.systemUTC())) {
      run(
          engine,
          "warm" + System.nanoTime(),
          concurrent,
          Math.min(changes, Math.max(changes / 2, 200)));
      handOffs.set(new ConcurrentHistogram(3));
      long events = one(database, "SELECT coalesce(max(ordering), 0) FROM event_journal");
      long bytes = one(database, "SELECT pg_database_size(current_database())");
      double cpu = cpuSeconds(home);
      long start = System.nanoTime();
      run(engine, "run" + start, concurrent, changes);
      double seconds = (System.nanoTime() - start) / 1e9;
      cpu = cpuSeconds(home) - cpu;
      events = one(database, "SELECT max(ordering) FROM event_journal") - events;
      bytes = one(database, "SELECT pg_database_size(current_database())") - bytes;
      Histogram all = Objects.requireNonNull(handOffs.get());
      System.out.printf(
          Locale.ROOT,
          "%s, %d concurrent, acts of %d ms: %.0f changes/s, %.0f events/s, hand-off p50 %.2f ms, p99 %.2f ms"
              + " (%d hand-offs), %.1f events, %.1f KB and %.2f ms of processor a change%n",
          kind,
          concurrent,
          time.toMillis(),
          changes / seconds,
          events / seconds,
          all.getValueAtPercentile(50) / 1e6,
          all.getValueAtPercentile(99) / 1e6,
          all.getTotalCount(),
          (double) events / changes,
          bytes / 1024.0 / changes,
          cpu * 1000 / changes);
    }
  }

  /**
   * What this process and the database's have used. On a busy machine this says more than the
   * clock.
   */
  private static double cpuSeconds(Path home) throws IOException {
    long postmaster =
        Long.parseLong(Files.readAllLines(home.resolve("postgres/data/postmaster.pid")).getFirst());
    return Stream.concat(
                Stream.of(ProcessHandle.current()),
                ProcessHandle.of(postmaster).stream()
                    .flatMap(it -> Stream.concat(Stream.of(it), it.descendants())))
            .map(it -> it.info().totalCpuDuration().orElse(Duration.ZERO))
            .mapToLong(Duration::toMillis)
            .sum()
        / 1e3;
  }

  private static void run(Engine engine, String prefix, int concurrent, int changes)
      throws InterruptedException {
    Semaphore places = new Semaphore(concurrent);
    CountDownLatch shipped = new CountDownLatch(changes);
    for (int i = 0; i < changes; i++) {
      places.acquire();
      ChangeId id = new ChangeId(prefix + "-" + i);
      AtomicReference<Watch> watch = new AtomicReference<>();
      CountDownLatch watched = new CountDownLatch(1);
      watch.set(
          engine.watch(
              id,
              state -> {
                if (state.step() == Step.SHIPPED) {
                  awaitQuietly(watched);
                  Objects.requireNonNull(watch.get()).close();
                  shipped.countDown();
                  places.release();
                } else if (state.step().ended() || state.step() == Step.WAITING_FOR_PERSON) {
                  throw new IllegalStateException(id + " ended as " + state.reasons());
                }
              }));
      watched.countDown();
      engine.tell(id, EmptyStages.open(id));
    }
    shipped.await();
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void waiting(Path home, int changes) throws Exception {
    EmptyStages stages = new EmptyStages(Service.Kind.LIBRARY, 9, Duration.ZERO, nanos -> {});
    Planner planner = new Planner("bench");
    try (Database database = Database.open(StoreSettings.embedded(home))) {
      long bytes = one(database, "SELECT pg_database_size(current_database())");
      try (Engine engine =
          Engine.start(database.dataSource(), planner, stages, Clock.systemUTC())) {
        long empty = heap();
        for (int i = 0; i < changes; i++) {
          ChangeId id = new ChangeId("waiting-" + i);
          engine.tell(id, EmptyStages.open(id));
        }
        awaitWaiting(database, changes);
        System.out.printf(
            Locale.ROOT,
            "%d waiting: %.1f KB of heap and %.1f KB of disk each, %d MB of heap in all%n",
            changes,
            (heap() - empty) / 1024.0 / changes,
            (one(database, "SELECT pg_database_size(current_database())") - bytes)
                / 1024.0
                / changes,
            heap() >> 20);
      }
      long start = System.nanoTime();
      try (Engine engine =
          Engine.start(database.dataSource(), planner, stages, Clock.systemUTC())) {
        ChangeId id = new ChangeId("meanwhile-" + start);
        engine.ask(id, EmptyStages.open(id)).toCompletableFuture().get();
        double answered = (System.nanoTime() - start) / 1e9;
        engine.awake().toCompletableFuture().get();
        System.out.printf(
            Locale.ROOT,
            "back after %.1f s; a new change was answered after %.2f s; %d MB of heap%n",
            (System.nanoTime() - start) / 1e9,
            answered,
            heap() >> 20);
      }
    }
  }

  private static void awaitWaiting(Database database, int changes) throws Exception {
    while (one(database, "SELECT count(*) FROM changes WHERE settled") < changes) {
      TimeUnit.MILLISECONDS.sleep(100);
    }
  }

  private static long heap() throws InterruptedException {
    for (int i = 0; i < 3; i++) {
      System.gc();
      TimeUnit.MILLISECONDS.sleep(100);
    }
    return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
  }

  private static long one(Database database, String query) throws Exception {
    try (Connection connection = database.dataSource().getConnection();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(query)) {
      rows.next();
      return rows.getLong(1);
    }
  }
}
