package dev.slipway.app.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LeftoversTest {
  @TempDir Path home;
  private final List<Process> started = new ArrayList<>();
  private final List<String> complaints = new ArrayList<>();

  @AfterEach
  void endAll() {
    started.forEach(Process::destroyForcibly);
  }

  private Process sleeper(String name, String value) throws IOException {
    assumeTrue(Files.isDirectory(Path.of("/proc/self")), "needs /proc");
    ProcessBuilder builder = new ProcessBuilder("sleep", "300");
    builder.environment().put(name, value);
    Process process = builder.start();
    started.add(process);
    return process;
  }

  @Test
  void endsTheHomesInstancesAndNoOthers() throws Exception {
    Files.createDirectories(home.resolve("processes").resolve("instances").resolve("one"));
    Process ours = sleeper("SLIPWAY_INSTANCE", "one");
    Process another = sleeper("SLIPWAY_INSTANCE", "two");
    Process unmarked = sleeper("SOMETHING", home.toString());

    new Leftovers(home, complaints::add).close();

    assertThat(ours.waitFor(10, TimeUnit.SECONDS)).isTrue();
    assertThat(another.isAlive()).isTrue();
    assertThat(unmarked.isAlive()).isTrue();
    assertThat(complaints).isEmpty();
  }

  @Test
  void endsCommandsThatTheHomesSandboxRan() throws Exception {
    ProcessBuilder builder = new ProcessBuilder("sleep", "300");
    assumeTrue(Files.isDirectory(Path.of("/proc/self")), "needs /proc");
    builder.environment().put("SLIPWAY_RUN", "1");
    builder.environment().put("TMPDIR", home.resolve("scratch").toString());
    Process ours = builder.start();
    started.add(ours);
    Process elsewhere = sleeper("SLIPWAY_RUN", "2");

    new Leftovers(home, complaints::add).close();

    assertThat(ours.waitFor(10, TimeUnit.SECONDS)).isTrue();
    assertThat(elsewhere.isAlive()).isTrue();
  }
}
