package dev.slipway.app.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The edge's process: started, adopted, stopped, killed, started again. */
class EdgeRestartTest {
  private final RouteName name = EdgeFixture.name();
  private EdgeFixture edge;
  private TestInstance stable;
  private TestInstance canary;

  @BeforeEach
  void start() {
    edge = EdgeFixture.startDefault();
    stable = TestInstance.start("stable");
    canary = TestInstance.start("canary");
  }

  @AfterEach
  void stop() {
    edge.close();
    stable.close();
    canary.close();
  }

  private RouteView put(long move, int shareBp) {
    return edge.put(name, move, List.of(stable.address()), List.of(canary.address()), shareBp);
  }

  @Test
  void stateSurvivesSigtermAndThenKillMinus9() {
    RouteView before = put(3, 5_000);
    long firstPid = edge.process().address().pid();
    edge.process().stop(EdgeFixture.PATIENCE);
    assertThat(edge.dir().resolve("edge.json")).doesNotExist();

    edge.start();
    assertThat(edge.process().address().pid()).isNotEqualTo(firstPid);
    assertRestored(before);
    put(4, 10_000);

    edge.kill();
    edge.start();
    assertThat(edge.view(name).epoch()).isEqualTo(new Epoch(1, 4));
    assertThat(edge.view(name).canaryShareBp()).isEqualTo(10_000);
    assertThat(edge.get(before, "/").body()).isEqualTo("canary");
    assertThat(edge.client().put(name, EdgeFixture.spec(3, List.of(), List.of(), 0)))
        .isEqualTo(
            new Obeyed.No(new Refusal.StaleEpoch(new Epoch(1, 3), new Epoch(1, 4))));
    Instant from = before.counters().getFirst().since();
    assertThat(edge.client().window(name, Arm.CANARY, from, Instant.now()).orElseThrow())
        .matches(window -> !window.coversStart(), "admits that it was not there");
  }

  private void assertRestored(RouteView before) {
    RouteView after = edge.view(name);
    assertThat(after.listen()).isEqualTo(before.listen());
    assertThat(after.epoch()).isEqualTo(before.epoch());
    assertThat(after.canaryShareBp()).isEqualTo(5_000);
    assertThat(List.of(edge.get(before, "/").body(), edge.get(before, "/").body()))
        .containsExactlyInAnyOrder("stable", "canary");
  }

  @Test
  void aDeletedRouteStaysDeletedAndRemembersItsEpoch() {
    put(3, 5_000);
    assertThat(edge.client().delete(name, new Epoch(1, 2))).isInstanceOf(Obeyed.No.class);
    assertThat(edge.client().delete(name, new Epoch(1, 5))).isEqualTo(new Obeyed.Gone());
    edge.kill();
    edge.start();
    assertThat(edge.client().route(name)).isEmpty();
    assertThat(edge.client().put(name, EdgeFixture.spec(4, List.of(), List.of(), 0)))
        .isInstanceOf(Obeyed.No.class);
    assertThat(put(6, 0).epoch()).isEqualTo(new Epoch(1, 6));
  }

  @Test
  void sigtermLetsRequestsInFlightEnd() {
    RouteView route = put(1, 0);
    CompletableFuture<HttpResponse<String>> held =
        edge.http()
            .sendAsync(
                HttpRequest.newBuilder(EdgeFixture.uri(route, "/hold")).build(),
                HttpResponse.BodyHandlers.ofString());
    await().atMost(EdgeFixture.PATIENCE).until(() -> stable.held.get() == 1);
    ProcessHandle handle = ProcessHandle.of(edge.process().address().pid()).orElseThrow();
    handle.destroy();
    await()
        .atMost(EdgeFixture.PATIENCE)
        .untilAsserted(
            () ->
                assertThatThrownBy(() -> new RawClient(route.listen()).close())
                    .isInstanceOf(IOException.class));
    assertThat(handle.isAlive()).isTrue();
    stable.release();
    assertThat(held.join().body()).isEqualTo("stable");
    await().atMost(EdgeFixture.PATIENCE).until(() -> !handle.isAlive());
  }

  @Test
  void aRunningEdgeIsAdoptedNotStartedTwice() throws Exception {
    EdgeProcess again = EdgeProcess.start(EdgeFixture.launch(EdgeOptions.defaults()), edge.dir());
    assertThat(again).isEqualTo(edge.process());

    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.addAll(List.of(EdgeMain.class.getName(), "--state", edge.dir().toString()));
    Process second = new ProcessBuilder(command).redirectErrorStream(true).start();
    assertThat(second.waitFor(30, TimeUnit.SECONDS)).isTrue();
    assertThat(second.exitValue()).isEqualTo(3);
    assertThat(new String(second.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
        .contains("another edge runs on");
    assertThat(edge.client().health().pid()).isEqualTo(again.address().pid());
  }

  @Test
  void anEdgeThatCannotKnowItsTokenIsNotAdopted() throws Exception {
    Files.writeString(edge.dir().resolve("token"), "0".repeat(64));
    assertThat(EdgeProcess.adopt(edge.dir())).isEmpty();
  }

  @Test
  void aTokenOthersCanReadIsRefused() throws Exception {
    Path token = edge.dir().resolve("token");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(token)))
        .isEqualTo("rw-------");
    Files.setPosixFilePermissions(token, PosixFilePermissions.fromString("rw-r--r--"));
    assertThatThrownBy(() -> EdgeClient.of(edge.dir()))
        .isInstanceOf(EdgeException.class)
        .rootCause()
        .hasMessageContaining("chmod 600");
  }

  @Test
  void aTakenAddressIsAProblemOfItsRouteUntilItIsFree() throws Exception {
    RouteView route = put(1, 0);
    RouteName other = EdgeFixture.name();
    RouteView beside = edge.put(other, 1, List.of(stable.address()), List.of(), 0);
    edge.process().stop(EdgeFixture.PATIENCE);
    try (ServerSocket squatter = squat(route.listen().port())) {
      assertThat(squatter.isBound()).isTrue();
      edge.start();
      assertThat(edge.client().health().problems())
          .singleElement()
          .asString()
          .contains(name.toString(), route.listen().toString());
      assertThat(edge.get(beside, "/").body()).isEqualTo("stable");
      assertThat(edge.client().put(name, EdgeFixture.spec(2, List.of(), List.of(), 0)))
          .isInstanceOfSatisfying(
              Obeyed.No.class,
              no -> assertThat(no.refusal()).isInstanceOf(Refusal.AddressTaken.class));
    }
    await()
        .atMost(EdgeFixture.PATIENCE)
        .untilAsserted(() -> assertThat(edge.client().health().problems()).isEmpty());
    assertThat(edge.get(route, "/").body()).isEqualTo("stable");
  }

  private static ServerSocket squat(int port) {
    return await()
        .atMost(EdgeFixture.PATIENCE)
        .ignoreExceptions()
        .until(
            () -> new ServerSocket(port, 1, InetAddress.getLoopbackAddress()),
            ServerSocket::isBound);
  }

  @Test
  void aFileThatCannotBeReadSilencesOnlyItsRoute() throws Exception {
    put(7, 0);
    RouteName other = EdgeFixture.name();
    edge.put(other, 1, List.of(stable.address()), List.of(), 0);
    edge.kill();
    Path file = edge.dir().resolve("routes").resolve("test").resolve(name.service() + ".json");
    Files.writeString(file, "{\"epoch\":{\"lease\":1,\"mo");

    edge.start();
    assertThat(edge.client().health().problems())
        .singleElement()
        .asString()
        .contains(file.toString());
    assertThat(edge.client().route(other)).isPresent();
    assertThat(edge.client().put(name, EdgeFixture.spec(8, List.of(), List.of(), 0)))
        .isInstanceOfSatisfying(
            Obeyed.No.class, no -> assertThat(no.refusal().sentence()).contains(file.toString()));
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
  void withoutSetsidAShellIgnoresTheTerminalsSignals() {
    assertThat(Detachment.prefix("/nowhere:")).startsWith("/bin/sh", "-c").hasSize(4);
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

  @Test
  void unknownOptionsAreNamed() {
    assertThatThrownBy(() -> EdgeArguments.parse("--state", "x", "--shout", "1"))
        .hasMessageContaining("--shout");
    assertThatThrownBy(() -> EdgeArguments.parse("--admin-port", "1"))
        .hasMessageContaining("--state");
    assertThatThrownBy(() -> EdgeArguments.parse("--state", "x", "--drain-ms", "soon"))
        .hasMessageContaining("--drain-ms must be a number in");
    EdgeOptions options = EdgeOptions.defaults();
    List<String> line = new ArrayList<>(List.of("--state", "x"));
    line.addAll(EdgeArguments.of(options));
    assertThat(EdgeArguments.parse(line.toArray(String[]::new)).options()).isEqualTo(options);
    assertThat(Optional.of(EdgeArguments.parse("--state", "x").ports()))
        .hasValue(new AdminServer.Ports(0, 0));
  }
}
