package dev.slipway.app.engine;

import dev.slipway.app.store.Database;
import dev.slipway.app.store.TestStore;
import dev.slipway.change.ChangeId;
import dev.slipway.change.ServiceName;
import dev.slipway.pipeline.Act;
import dev.slipway.pipeline.Performer;
import dev.slipway.pipeline.Planner;
import dev.slipway.pipeline.Step;
import dev.slipway.project.Service;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;

/**
 * A process of its own that takes changes to production and writes down every act it does, to be
 * killed at any moment. Started again, it goes on; says "done" when all have shipped.
 */
final class EngineChild {
  private EngineChild() {}

  static List<ChangeId> changes(int count) {
    return IntStream.range(0, count).mapToObj(i -> new ChangeId("change-" + i)).toList();
  }

  public static void main(String[] args) throws Exception {
    Path effects = Path.of(args[1]);
    List<ChangeId> changes = changes(Integer.parseInt(args[2]));
    Passing passing = new Passing(new ServiceName("orders"), Service.Kind.HTTP);
    Performer performer =
        act -> {
          write(effects, act);
          return passing.perform(act);
        };
    CountDownLatch shipped = new CountDownLatch(changes.size());
    try (Database database = Database.open(TestStore.settings(Path.of(args[0])));
        Engine engine =
            Engine.start(
                database.dataSource(), new Planner("test"), performer, Clock.systemUTC())) {
      for (ChangeId change : changes) {
        engine.watch(
            change,
            state -> {
              if (state.step() == Step.SHIPPED) {
                shipped.countDown();
              }
            });
        engine.ask(change, Passing.open(change)).toCompletableFuture().join();
      }
      System.out.println("running");
      shipped.await();
      System.out.println("done");
    }
  }

  private static synchronized void write(Path effects, Act act) {
    String line =
        switch (act) {
          case Act.Prepare it -> it.of().pull().id() + "\t" + it.of().turn();
          case Act.Inspect it -> it.of().pull().id() + "\t" + it.of().turn();
          case Act.Build it -> it.of().pull().id() + "\t" + it.of().turn();
          case Act.DeployToStaging it -> it.of().pull().id() + "\t" + it.of().turn();
          case Act.Shift it -> it.of().pull().id() + "\t" + it.of().turn();
          case Act.Merge it -> it.of().pull().id() + "\t" + it.of().turn();
          case Act.Promote it -> it.of().pull().id() + "\t" + it.of().turn();
          default -> "";
        };
    if (line.isEmpty()) {
      return;
    }
    try {
      Files.writeString(
          effects,
          line + "\n",
          StandardCharsets.UTF_8,
          StandardOpenOption.CREATE,
          StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
