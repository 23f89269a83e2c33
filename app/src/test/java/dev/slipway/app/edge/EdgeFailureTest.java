package dev.slipway.app.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.UncheckedIOException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Requests through a real edge to instances that are dead, slow or broken. */
class EdgeFailureTest {
  private static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";
  private static EdgeFixture edge;

  private final RouteName name = EdgeFixture.name();
  private TestInstance good;

  @BeforeAll
  static void startEdge() {
    EdgeOptions defaults = EdgeOptions.defaults();
    edge =
        EdgeFixture.start(
            new EdgeOptions(
                defaults.bind(),
                defaults.concurrentMax(),
                defaults.connectionsMax(),
                defaults.bodyBytesMax(),
                defaults.headerBytesMax(),
                Duration.ofMillis(700),
                defaults.connectTimeout(),
                defaults.drain(),
                new EdgeOptions.Checks(Duration.ofMillis(200), Duration.ofSeconds(2), 2, 2)));
  }

  @AfterAll
  static void stopEdge() {
    edge.close();
  }

  @BeforeEach
  void startGood() {
    good = TestInstance.start("good");
  }

  @AfterEach
  void stopGood() {
    good.close();
  }

  @Test
  void aDeadCanaryIsServedByStableAndCountedAgainstTheCanaryOnce() {
    RouteView route =
        edge.put(name, 1, List.of(good.address()), List.of(EdgeFixture.nobody()), 5_000);
    for (int i = 0; i < 40; i++) {
      HttpResponse<String> response = edge.get(route, "/");
      assertThat(response.statusCode()).isEqualTo(200);
      assertThat(response.body()).isEqualTo("good");
    }
    edge.quiet(name);
    Counts canary = edge.canary(name);
    assertThat(canary.requests()).isEqualTo(20);
    assertThat(canary.errors()).isEqualTo(20);
    assertThat(canary.results()).containsOnlyKeys(Result.DIVERTED);
    assertThat(edge.stable(name).requests()).isEqualTo(20);
    assertThat(edge.stable(name).errors()).isZero();
  }

  @Test
  void aRefusedRequestIsOfferedToTheOtherInstanceOfItsArm() {
    Instance dead = EdgeFixture.nobody();
    RouteView route = edge.put(name, 1, List.of(dead, good.address()), List.of(), 0);
    for (int i = 0; i < 10; i++) {
      HttpRequest post =
          HttpRequest.newBuilder(EdgeFixture.uri(route, "/echo"))
              .POST(BodyPublishers.ofString("once"))
              .build();
      assertThat(edge.send(post).body()).isEqualTo("once");
    }
    RouteView view = edge.quiet(name);
    assertThat(view.current().stable().errors()).isZero();
    assertThat(view.current().stable().retried()).isGreaterThanOrEqualTo(1);
    assertThat(good.served).hasValue(10);
    RouteView.Member ejected = view.stable().getFirst();
    assertThat(ejected.instance()).isEqualTo(dead);
    assertThat(ejected.health()).isNotEqualTo(Health.HEALTHY);
    assertThat(ejected.connectFailures()).isGreaterThanOrEqualTo(1);
  }

  @Test
  void withoutAHealthyStableInstanceTheAnswerIs503AndSaysSo() {
    RouteView route = edge.put(name, 1, List.of(), List.of(), 0);
    HttpResponse<String> response = edge.get(route, "/");
    assertThat(response.statusCode()).isEqualTo(503);
    assertThat(response.headers().firstValue("x-slipway-edge")).hasValue("no-healthy-instance");
    assertThat(response.headers().firstValue("retry-after")).hasValue("1");
    assertThat(response.body()).contains("no healthy instance");
    edge.quiet(name);
    assertThat(edge.stable(name).results()).containsOnly(Map.entry(Result.NO_INSTANCE, 1L));
  }

  @Test
  void anInstanceThatComesBackIsUsedAgain() {
    Instance address = EdgeFixture.nobody();
    RouteView route = edge.put(name, 1, List.of(address), List.of(), 0);
    assertThat(edge.get(route, "/").statusCode()).isEqualTo(502);
    await().atMost(EdgeFixture.PATIENCE).until(() -> edge.get(route, "/").statusCode() == 503);
    try (TestInstance back = TestInstance.start("back", address.port())) {
      await().atMost(EdgeFixture.PATIENCE).until(() -> edge.get(route, "/").statusCode() == 200);
      assertThat(back.served.get()).isGreaterThanOrEqualTo(1);
    }
  }

  @Test
  void theOnlyInstanceIsAskedAgainAfterItRefusedOnce() {
    Upstream only = new Upstream(good.address());
    Pool pool = new Pool(List.of(only));
    only.refused();
    assertThat(only.health()).isEqualTo(Health.SUSPECT);
    assertThat(pool.next(Set.of())).contains(only);

    Upstream other = new Upstream(EdgeFixture.nobody());
    assertThat(new Pool(List.of(only, other)).next(Set.of())).contains(other);

    EdgeOptions.Checks checks =
        new EdgeOptions.Checks(Duration.ofMillis(200), Duration.ofSeconds(2), 2, 2);
    for (int i = 0; i < checks.fall(); i++) {
      only.failed(checks);
    }
    assertThat(pool.next(Set.of())).isEmpty();
  }

  @Test
  void silenceIs504AndAnErrorOfTheArm() throws Exception {
    try (RawInstance silent =
        RawInstance.playing(
            connection -> {
              connection.head();
              connection.hang();
            })) {
      RouteView route =
          edge.put(name, 1, List.of(good.address()), List.of(silent.address()), 10_000);
      HttpResponse<String> response = edge.get(route, "/");
      assertThat(response.statusCode()).isEqualTo(504);
      assertThat(response.headers().firstValue("x-slipway-edge")).hasValue("upstream-timeout");
      RouteView after = edge.quiet(name);
      assertThat(after.current().canary().results()).containsOnly(Map.entry(Result.TIMEOUT, 1L));
      await().atMost(EdgeFixture.PATIENCE).until(() -> silent.connections() == 0);
    }
  }

  @Test
  void anAnswerThatStallsIsCutOffAndIsAnErrorOfTheArm() throws Exception {
    try (RawInstance stalling =
            RawInstance.playing(
                connection -> {
                  connection.head();
                  connection.say("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\npart");
                  connection.hang();
                });
        RawClient client = clientOf(stalling)) {
      client.say("GET / HTTP/1.1\r\nHost: x\r\n\r\n");
      assertThat(client.readAll()).contains("200 OK").endsWith("part");
      assertResult(Result.TIMEOUT);
    }
  }

  private RawClient clientOf(RawInstance instance) throws Exception {
    return new RawClient(edge.put(name, 1, List.of(instance.address()), List.of(), 0).listen());
  }

  private void assertResult(Result result) {
    await()
        .atMost(EdgeFixture.PATIENCE)
        .untilAsserted(
            () -> assertThat(edge.stable(name).results()).containsOnly(Map.entry(result, 1L)));
    edge.quiet(name);
  }

  @Test
  void anAnswerThatBreaksOffIsAnErrorOfTheArm() throws Exception {
    try (RawInstance breaking =
            RawInstance.playing(
                connection -> {
                  connection.head();
                  connection.say("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\npart");
                });
        RawClient client = clientOf(breaking)) {
      client.say("GET / HTTP/1.1\r\nHost: x\r\n\r\n");
      assertThat(client.readAll()).contains("200 OK").endsWith("part");
      assertResult(Result.BROKEN);
    }
  }

  @Test
  void whatIsNotHttpIs502() throws Exception {
    try (RawInstance babbling =
            RawInstance.playing(
                connection -> {
                  connection.head();
                  connection.say("SSH-2.0-OpenSSH_9.2p1\r\n\r\n");
                });
        RawClient client = clientOf(babbling)) {
      client.say("GET / HTTP/1.1\r\nHost: x\r\n\r\n");
      assertThat(client.readTo("\r\n\r\n"))
          .contains(" 502 ")
          .contains("x-slipway-edge: upstream-broke-off");
      assertResult(Result.BROKEN);
    }
  }

  @Test
  void aFreshConnectionThatIsDroppedIsNotTriedAgain() throws Exception {
    AtomicInteger asked = new AtomicInteger();
    try (RawInstance dropping =
            RawInstance.playing(
                connection -> {
                  connection.head();
                  asked.incrementAndGet();
                });
        RawClient client = clientOf(dropping)) {
      client.say("GET / HTTP/1.1\r\nHost: x\r\n\r\n");
      assertThat(client.readTo("\r\n\r\n")).contains(" 502 ");
      assertResult(Result.BROKEN);
      assertThat(asked).hasValue(1);
    }
  }

  @Test
  void aKeptConnectionThatTheInstanceHasClosedIsReplacedUnseen() throws Exception {
    AtomicInteger asked = new AtomicInteger();
    try (RawInstance forgetful =
        RawInstance.playing(
            connection -> {
              // Answers the first request, and drops the connection on receiving the second.
              connection.head();
              asked.incrementAndGet();
              connection.say(OK);
              connection.head();
              asked.incrementAndGet();
            })) {
      RouteView route = edge.put(name, 1, List.of(forgetful.address()), List.of(), 0);
      for (int i = 0; i < 5; i++) {
        assertThat(edge.get(route, "/").body()).isEqualTo("ok");
      }
      edge.quiet(name);
      assertThat(edge.stable(name).errors()).isZero();
      assertThat(edge.stable(name).requests()).isEqualTo(5);
      assertThat(edge.stable(name).retried()).isEqualTo(asked.get() - 5L).isPositive();
    }
  }

  @Test
  void anInstanceThatClosedManyKeptConnectionsAtOnceIsAskedOnAFreshOne() throws Exception {
    int connections = 6;
    CountDownLatch allAsked = new CountDownLatch(connections);
    try (RawInstance forgetful =
        RawInstance.playing(
            connection -> {
              // The first requests are answered together, so that each has its own connection.
              connection.head();
              allAsked.countDown();
              Awaitility.await().until(() -> allAsked.getCount() == 0);
              connection.say(OK);
              connection.head();
            })) {
      RouteView route = edge.put(name, 1, List.of(forgetful.address()), List.of(), 0);
      HttpRequest get = HttpRequest.newBuilder(EdgeFixture.uri(route, "/")).build();
      try (var clients = Executors.newVirtualThreadPerTaskExecutor()) {
        List<Future<HttpResponse<String>>> answers =
            clients.invokeAll(Collections.nCopies(connections, () -> edge.send(get)));
        for (Future<HttpResponse<String>> answer : answers) {
          assertThat(answer.get().statusCode()).isEqualTo(200);
        }
      }

      assertThat(edge.get(route, "/").body()).isEqualTo("ok");
      edge.quiet(name);
      assertThat(edge.stable(name).errors()).isZero();
    }
  }

  @Test
  void aRequestWithAnEffectIsNeverSentTwice() throws Exception {
    AtomicInteger posts = new AtomicInteger();
    try (RawInstance forgetful =
        RawInstance.playing(
            connection -> {
              connection.head();
              connection.say(OK);
              connection.head();
              posts.incrementAndGet();
            })) {
      RouteView route = edge.put(name, 1, List.of(forgetful.address()), List.of(), 0);
      assertThat(edge.get(route, "/").body()).isEqualTo("ok");
      HttpRequest post =
          HttpRequest.newBuilder(EdgeFixture.uri(route, "/")).POST(BodyPublishers.noBody()).build();
      assertThat(edge.send(post).statusCode()).isEqualTo(502);
      assertThat(posts).hasValue(1);
    }
  }

  @Test
  void aClientThatLeavesIsNobodysError() throws Exception {
    RouteView route = edge.put(name, 1, List.of(good.address()), List.of(), 0);
    try (RawClient client = new RawClient(route.listen())) {
      client.say("GET /hold HTTP/1.1\r\nHost: x\r\n\r\n");
      await().atMost(EdgeFixture.PATIENCE).until(() -> good.held.get() == 1);
    }
    assertResult(Result.CLIENT_GONE);
    assertThat(edge.stable(name).errors()).isZero();
  }

  @Test
  void aClientThatDoesNotReadIsLetGo() throws Exception {
    try (RawInstance generous =
            RawInstance.playing(
                connection -> {
                  connection.head();
                  connection.say("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n");
                  String chunk = "10000\r\n" + "x".repeat(0x10000) + "\r\n";
                  for (int i = 0; i < 4_000; i++) {
                    connection.say(chunk);
                  }
                });
        RawClient client = clientOf(generous)) {
      client.say("GET / HTTP/1.1\r\nHost: x\r\n\r\n");
      assertResult(Result.CLIENT_GONE);
    }
  }

  @Test
  void aBodyThatStopsArrivingIs408AndNotTheArmsError() throws Exception {
    RouteView route = edge.put(name, 1, List.of(good.address()), List.of(), 0);
    try (RawClient client = new RawClient(route.listen())) {
      client.say("POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 10\r\n\r\nhalf");
      assertThat(client.readAll()).contains(" 408 ").contains("x-slipway-edge: client-timeout");
    }
    assertResult(Result.CLIENT_FAULT);
    assertThat(edge.stable(name).errors()).isZero();
  }

  @Test
  void webSocketsPassAndKeepTheirInstanceBusy() throws Exception {
    try (RawInstance echoing =
            RawInstance.playing(
                connection -> {
                  assertThat(connection.head().toLowerCase()).contains("upgrade: websocket");
                  connection.say(
                      "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\n"
                          + "Connection: Upgrade\r\n\r\n");
                  connection.echo();
                });
        RawClient client = clientOf(echoing)) {
      client.say(
          "GET /chat HTTP/1.1\r\nHost: x\r\nConnection: keep-alive, Upgrade\r\n"
              + "Upgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
              + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n");
      assertThat(client.readTo("\r\n\r\n")).contains(" 101 ");
      client.say("ping!");
      assertThat(client.readTo("ping!")).isEqualTo("ping!");
      assertThat(edge.view(name).inFlight(echoing.address())).isEqualTo(1);
      client.close();
      edge.quiet(name);
      assertThat(edge.stable(name).results()).containsOnly(Map.entry(Result.ANSWERED, 1L));
    }
  }

  @Test
  void aWebSocketThatIsTurnedDownIsToldWhy() throws Exception {
    RouteView route = edge.put(name, 1, List.of(), List.of(), 0);
    try (RawClient client = new RawClient(route.listen())) {
      client.say(
          "GET /chat HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
              + "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n");
      assertThat(client.readTo("\r\n\r\n"))
          .contains(" 503 ")
          .contains("x-slipway-edge: no-healthy-instance");
    }
  }

  @Test
  void anAnswerWithoutLengthIsBoundedForAnHttp10Client() throws Exception {
    try (RawInstance generous =
            RawInstance.playing(
                connection -> {
                  connection.head();
                  connection.say("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n");
                  String chunk = "10000\r\n" + "x".repeat(0x10000) + "\r\n";
                  for (int i = 0; i < 4_000; i++) {
                    connection.say(chunk);
                  }
                });
        RawClient client = clientOf(generous)) {
      client.say("GET / HTTP/1.0\r\n\r\n");
      assertThat(client.readAll()).isEmpty();
      assertResult(Result.CLIENT_FAULT);
    }
  }

  @Test
  void aCheckThatNeverEndsIsAFailedCheck() throws Exception {
    try (RawInstance endless =
        RawInstance.playing(
            connection -> {
              connection.head();
              connection.say("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n");
              connection.hang();
            })) {
      edge.put(
          name,
          new RouteSpec(
              new Epoch(1, 1),
              Optional.empty(),
              List.of(endless.address()),
              List.of(),
              0,
              Optional.of("/healthz")));
      await()
          .atMost(EdgeFixture.PATIENCE)
          .until(() -> edge.view(name).stable().getFirst().health() == Health.UNHEALTHY);
    }
  }

  @Test
  void aRequestInFlightOutlivesItsRoute() {
    RouteView route = edge.put(name, 1, List.of(good.address()), List.of(), 0);
    CompletableFuture<HttpResponse<String>> held =
        edge.http()
            .sendAsync(
                HttpRequest.newBuilder(EdgeFixture.uri(route, "/hold")).build(),
                HttpResponse.BodyHandlers.ofString());
    await().atMost(EdgeFixture.PATIENCE).until(() -> good.held.get() == 1);
    edge.client().delete(name, new Epoch(1, 2));
    good.release();
    assertThat(held.join().body()).isEqualTo("good");
    assertThatThrownBy(() -> edge.get(route, "/")).isInstanceOf(UncheckedIOException.class);
  }
}
