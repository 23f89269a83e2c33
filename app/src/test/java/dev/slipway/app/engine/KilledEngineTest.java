package dev.slipway.app.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.slipway.app.store.TestStore;
import dev.slipway.change.ChangeId;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KilledEngineTest {
  private static final int CHANGES = 12;
  private static final int KILLS = 4;
  private static final int EFFECTS_BETWEEN_KILLS_MAX = 30;

  @Test
  void e1_e2_killedAtAnyMomentItGoesOnAndDoesNothingAgainThatWasFinished(@TempDir Path home)
      throws Exception {
    Path effects = home.resolve("effects");
    Files.createFile(effects);
    Random random = new Random(7);
    for (int kill = 0; kill < KILLS; kill++) {
      Process child = start(home, effects);
      long until = lines(effects).size() + 1 + random.nextInt(EFFECTS_BETWEEN_KILLS_MAX);
      // A moment is chosen by what was done, not by the clock: it must fall into the work.
      await()
          .pollInterval(Duration.ofMillis(5))
          .atMost(Duration.ofSeconds(120))
          .until(() -> !child.isAlive() || lines(effects).size() >= until);
      child.destroyForcibly().waitFor();
    }
    assertThat(start(home, effects).waitFor(120, TimeUnit.SECONDS)).as("it ends").isTrue();

    Map<String, List<Integer>> turns = new HashMap<>();
    for (String line : lines(effects)) {
      String[] parts = line.split("\t");
      turns.computeIfAbsent(parts[0], id -> new ArrayList<>()).add(Integer.parseInt(parts[1]));
    }
    assertThat(turns.keySet())
        .containsExactlyInAnyOrderElementsOf(
            EngineChild.changes(CHANGES).stream().map(ChangeId::value).toList());
    int repeated = 0;
    for (List<Integer> done : turns.values()) {
      assertThat(done).as("what led to a next step is not done again").isSorted();
      repeated += done.size() - (int) done.stream().distinct().count();
    }
    assertThat(repeated)
        .as("only what was under way when it was killed is done again")
        .isLessThanOrEqualTo(KILLS * CHANGES);
  }

  private static List<String> lines(Path effects) throws IOException {
    // A line may be torn while it is written, never lost.
    try (Stream<String> lines = Files.lines(effects, StandardCharsets.UTF_8)) {
      return lines.filter(line -> line.contains("\t")).toList();
    }
  }

  private static Process start(Path home, Path effects) throws IOException {
    return new ProcessBuilder(
            ProcessHandle.current().info().command().orElseThrow(),
            "-cp",
            System.getProperty("java.class.path"),
            "-Dslipway.test.binaries=" + TestStore.binaries(),
            EngineChild.class.getName(),
            home.toString(),
            effects.toString(),
            Integer.toString(CHANGES))
        .redirectError(ProcessBuilder.Redirect.DISCARD)
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .start();
  }
}
