package dev.slipway.app.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
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

    EdgeProcess killed = edge.process();
    try (EdgeClient older = killed.client()) {
      assertThat(killed.ended()).isNotDone();
      edge.kill();
      assertThat(killed.ended().join()).isEqualTo(killed.address());
      edge.start();
      assertThat(older.health().pid()).isEqualTo(edge.process().address().pid());
    }
    assertThat(edge.view(name).epoch()).isEqualTo(new Epoch(1, 4));
    assertThat(edge.view(name).canaryShareBp()).isEqualTo(10_000);
    assertThat(edge.get(before, "/").body()).isEqualTo("canary");
    assertThat(edge.client().put(name, EdgeFixture.spec(3, List.of(), List.of(), 0)))
        .isEqualTo(new Obeyed.No(new Refusal.StaleEpoch(new Epoch(1, 3), new Epoch(1, 4))));
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
              no -> assertThat(no.refusal()).isInstanceOf(Refusal.CannotListen.class));
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
    assertThat(edge.client().delete(name, new Epoch(9, 9))).isInstanceOf(Obeyed.No.class);
  }
}
