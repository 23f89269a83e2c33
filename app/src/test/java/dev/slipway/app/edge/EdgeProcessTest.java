package dev.slipway.app.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** An edge and its owners: adoption, detachment, the token. */
class EdgeProcessTest {
  private static EdgeFixture edge;

  @BeforeAll
  static void startEdge() {
    edge = EdgeFixture.startDefault();
  }

  @AfterAll
  static void stopEdge() {
    edge.close();
  }

  private static Process java(Class<?> main, String... args) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xmx64m", "-cp", System.getProperty("java.class.path")));
    command.add(main.getName());
    command.addAll(List.of(args));
    return new ProcessBuilder(command).redirectErrorStream(true).start();
  }

  /** Starts an edge and then does nothing: what the control plane is to the edge. */
  static final class Owner {
    private Owner() {}

    public static void main(String[] args) throws InterruptedException {
      EdgeProcess.start(EdgeFixture.launch(EdgeOptions.defaults()), Path.of(args[0]));
      Thread.sleep(Long.MAX_VALUE);
    }
  }

  @Test
  void itSurvivesItsOwnersKillMinus9() throws Exception {
    Path dir = edge.dir().resolve("owned");
    Process owner = java(Owner.class, dir.toString());
    await().atMost(EdgeFixture.PATIENCE).until(() -> Files.exists(dir.resolve("edge.json")));
    owner.destroyForcibly().waitFor();

    Optional<EdgeProcess> adopted = EdgeProcess.adopt(dir);
    assertThat(adopted).isPresent();
    try (EdgeClient client = adopted.get().client()) {
      assertThat(client.health().problems()).isEmpty();
    }
    adopted.get().stop(EdgeFixture.PATIENCE);
    assertThat(adopted.get().isAlive()).isFalse();
    assertThat(EdgeProcess.adopt(dir)).isEmpty();
  }

  @Test
  void aProcessYoungerThanTheEdgeIsNotTheEdge() {
    EdgeAddress address = edge.process().address();
    EdgeAddress longAgo =
        new EdgeAddress(address.pid(), address.adminPort(), address.metricsPort(), Instant.EPOCH);
    EdgeProcess recycled = new EdgeProcess(edge.dir(), longAgo);
    assertThat(recycled.isAlive()).isFalse();
    recycled.stop(EdgeFixture.PATIENCE);
    assertThat(edge.process().isAlive()).isTrue();
  }

  @Test
  void aRunningEdgeIsAdoptedNotStartedTwice() throws Exception {
    EdgeProcess again = EdgeProcess.start(EdgeFixture.launch(EdgeOptions.defaults()), edge.dir());
    assertThat(again).isEqualTo(edge.process());

    Process second = java(EdgeMain.class, "--state", edge.dir().toString());
    assertThat(second.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(second.exitValue()).isEqualTo(3);
    assertThat(new String(second.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
        .contains("another edge runs on");
    assertThat(edge.client().health().pid()).isEqualTo(again.address().pid());
  }

  @Test
  void anEdgeThatCannotKnowItsTokenIsNotAdopted() throws Exception {
    Path token = edge.dir().resolve("token");
    String known = Files.readString(token);
    try {
      Files.writeString(token, "0".repeat(64));
      assertThat(EdgeProcess.adopt(edge.dir())).isEmpty();
    } finally {
      Files.writeString(token, known);
    }
  }

  @Test
  void aTokenOthersCanReadIsRefused() throws Exception {
    Path token = edge.dir().resolve("token");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(token)))
        .isEqualTo("rw-------");
    try {
      Files.setPosixFilePermissions(token, PosixFilePermissions.fromString("rw-r--r--"));
      assertThatThrownBy(() -> EdgeClient.of(edge.dir()))
          .isInstanceOf(EdgeException.class)
          .rootCause()
          .hasMessageContaining("chmod 600");
    } finally {
      Files.setPosixFilePermissions(token, PosixFilePermissions.fromString("rw-------"));
    }
  }

  @Test
  void itIsASessionOfItsOwn() throws Exception {
    long pid = edge.process().address().pid();
    assertThat(session(pid)).isEqualTo(pid).isNotEqualTo(session(ProcessHandle.current().pid()));
  }

  /** Field 6 of /proc/PID/stat, counted after the name in parentheses (see proc(5)). */
  private static long session(long pid) throws IOException {
    String stat = Files.readString(Path.of("/proc", String.valueOf(pid), "stat"));
    return Long.parseLong(stat.substring(stat.lastIndexOf(')') + 2).split(" ")[3]);
  }

  @Test
  void anEdgeThatCannotStartSaysWhy() {
    EdgeProcess.Launch launch =
        new EdgeProcess.Launch(
            Path.of(System.getProperty("java.home")),
            System.getProperty("java.class.path"),
            "256m",
            edge.process().address().adminPort(),
            0,
            EdgeOptions.defaults());
    Path fresh = edge.dir().resolve("second");
    assertThatThrownBy(() -> EdgeProcess.start(launch, fresh))
        .isInstanceOf(EdgeException.class)
        .hasMessageContaining("ended with 1")
        .hasMessageContaining("Address already in use");
  }
}
