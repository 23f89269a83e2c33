package dev.slipway.app.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Bounds of the edge, each named when it is hit, and requests that are not what they seem. */
class EdgeLimitsTest {
  private static final int BODY_MAX = 1_000;
  private static EdgeFixture edge;

  private final RouteName name = EdgeFixture.name();
  private TestInstance instance;
  private RouteView route;

  @BeforeAll
  static void startEdge() {
    edge =
        EdgeFixture.start(
            new EdgeOptions(
                "127.0.0.1",
                2,
                5,
                BODY_MAX,
                2_048,
                Duration.ofMinutes(10),
                Duration.ofSeconds(2),
                Duration.ofSeconds(5),
                EdgeFixture.CHECKS));
  }

  @AfterAll
  static void stopEdge() {
    edge.close();
  }

  @BeforeEach
  void startInstance() {
    instance = TestInstance.start("one");
    route = edge.put(name, 1, List.of(instance.address()), List.of(), 0);
  }

  @AfterEach
  void stopInstance() {
    instance.close();
  }

  private HttpResponse<String> post(HttpRequest.BodyPublisher body) {
    return edge.send(HttpRequest.newBuilder(EdgeFixture.uri(route, "/echo")).POST(body).build());
  }

  private static void assertRefused(HttpResponse<String> response, int status, String reason) {
    assertThat(response.statusCode()).isEqualTo(status);
    assertThat(response.headers().firstValue("x-slipway-edge")).hasValue(reason);
    assertThat(response.body()).startsWith("slipway edge: ");
  }

  @Test
  void aBodyMayBeAsLargeAsTheLimitAndNoLarger() {
    assertThat(post(BodyPublishers.ofString("x".repeat(BODY_MAX))).statusCode()).isEqualTo(200);
    assertRefused(post(BodyPublishers.ofString("x".repeat(BODY_MAX + 1))), 413, "body-too-large");
    assertThat(instance.served).hasValue(1);
    edge.quiet(name);
    assertThat(edge.stable(name).requests()).isEqualTo(1);
  }

  @Test
  void aBodyOfUnknownLengthIsCutOffAtTheLimit() throws Exception {
    String chunk = "100\r\n" + "x".repeat(256) + "\r\n";
    try (RawClient client = new RawClient(route.listen())) {
      client.say("POST /echo HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n");
      client.say(chunk.repeat(4));
      assertThat(client.readTo("\r\n\r\n")).contains(" 413 ").contains("body-too-large");
    }
    edge.quiet(name);
    assertThat(edge.stable(name).results()).containsOnlyKeys(Result.CLIENT_FAULT);
    assertThat(edge.stable(name).errors()).isZero();
  }

  @Test
  void aLargeHeaderIs431AndALongLine414() throws Exception {
    assertThat(ask("GET / HTTP/1.1\r\nHost: x\r\nX-Large: " + "x".repeat(3_000) + "\r\n\r\n"))
        .contains(" 431 ")
        .contains("x-slipway-edge: header-too-large");
    assertThat(ask("GET /" + "x".repeat(9_000) + " HTTP/1.1\r\nHost: x\r\n\r\n"))
        .contains(" 414 ")
        .contains("x-slipway-edge: uri-too-long");
  }

  private String ask(String request) throws IOException {
    try (RawClient client = new RawClient(route.listen())) {
      return client.say(request).readTo("\r\n\r\n");
    }
  }

  @Test
  void theRequestBeyondTheConcurrencyLimitIs503() {
    HttpRequest hold = HttpRequest.newBuilder(EdgeFixture.uri(route, "/hold")).build();
    HttpResponse.BodyHandler<String> text = HttpResponse.BodyHandlers.ofString();
    List<CompletableFuture<HttpResponse<String>>> held =
        List.of(edge.http().sendAsync(hold, text), edge.http().sendAsync(hold, text));
    await().atMost(EdgeFixture.PATIENCE).until(() -> instance.held.get() == 2);
    assertRefused(edge.get(route, "/"), 503, "concurrency-limit");
    instance.release();
    assertThat(held).allSatisfy(f -> assertThat(f.join().statusCode()).isEqualTo(200));
    assertThat(edge.get(route, "/").statusCode()).isEqualTo(200);
    edge.quiet(name);
    assertThat(edge.stable(name).requests()).isEqualTo(3);
    assertThat(edge.stable(name).errors()).isZero();
  }

  @Test
  void aCanaryThatHangsLeavesRoomForStable() {
    try (TestInstance canary = TestInstance.start("canary")) {
      edge.put(name, 2, List.of(instance.address()), List.of(canary.address()), 5_000);
      HttpRequest hold = HttpRequest.newBuilder(EdgeFixture.uri(route, "/hold")).build();
      instance.release();
      CompletableFuture<HttpResponse<String>> held = ask(hold, canary);
      if (held.isDone()) {
        // The first of every two may be stable's; then the second is the canary's.
        held = ask(hold, canary);
      }
      // The limit of 2 leaves the canary 1, and that one hangs.
      for (int i = 0; i < 6; i++) {
        assertThat(edge.get(route, "/").body()).isEqualTo("one");
      }
      assertThat(edge.canary(name).results()).containsOnlyKeys(Result.DIVERTED);
      canary.release();
      assertThat(held.join().body()).isEqualTo("canary");
    }
  }

  private CompletableFuture<HttpResponse<String>> ask(HttpRequest hold, TestInstance canary) {
    CompletableFuture<HttpResponse<String>> held =
        edge.http().sendAsync(hold, HttpResponse.BodyHandlers.ofString());
    await().atMost(EdgeFixture.PATIENCE).until(() -> canary.held.get() == 1 || held.isDone());
    return held;
  }

  @Test
  void webSocketsThatHaveEndedDoNotCountAsConnections() throws Exception {
    try (RawInstance upgrading =
        RawInstance.playing(
            connection -> {
              connection.head();
              connection.say(
                  "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\n"
                      + "Connection: Upgrade\r\n\r\n");
              connection.hang();
            })) {
      edge.put(name, 2, List.of(upgrading.address()), List.of(), 0);
      for (int i = 0; i < 8; i++) {
        try (RawClient client = new RawClient(route.listen())) {
          client.say(
              "GET / HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
                  + "Sec-WebSocket-Version: 13\r\n"
                  + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n");
          assertThat(client.readTo("\r\n\r\n")).contains(" 101 ");
        }
        edge.quiet(name);
      }
    }
  }

  @Test
  void theConnectionBeyondTheLimitIsToldToComeBackLater() throws Exception {
    List<RawClient> open = new ArrayList<>();
    try {
      for (int i = 0; i < 5; i++) {
        RawClient client = new RawClient(route.listen());
        open.add(client);
        assertThat(client.say("GET / HTTP/1.1\r\nHost: x\r\n\r\n").readTo("\r\n\r\n"))
            .contains(" 200 ");
      }
      try (RawClient sixth = new RawClient(route.listen())) {
        assertThat(sixth.say("GET / HTTP/1.1\r\nHost: x\r\n\r\n").readAll())
            .contains(" 503 ")
            .contains("x-slipway-edge: connection-limit")
            .contains("retry-after: 1");
      }
    } finally {
      for (RawClient client : open) {
        client.close();
      }
    }
    await()
        .atMost(EdgeFixture.PATIENCE)
        .ignoreExceptions()
        .until(() -> edge.get(route, "/").statusCode() == 200);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "GET / HTTP/1.1\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: a b\r\n\r\n",
        "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab",
        "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: +1\r\n\r\na",
        "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 1, 1\r\n\r\na",
        "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: -1\r\n\r\n",
        "POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: xchunked\r\n\r\n0\r\n\r\n",
        "POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked, identity\r\n\r\n0\r\n\r\n",
        "POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding : chunked\r\n\r\n0\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: x\r\nX\u0000Y: b\r\n\r\n"
      })
  void ambiguousRequestsNeverReachAnInstance(String request) throws Exception {
    assertThat(ask(request)).contains(" 400 ");
    assertThat(instance.served).hasValue(0);
  }

  @Test
  void contradictoryFramingIsRefusedBeforeAnInstanceSeesIt() throws Exception {
    try (RawClient client = new RawClient(route.listen())) {
      client.say(
          "POST /headers HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\n"
              + "Transfer-Encoding: chunked\r\nX-A: b\r\n folded: c\r\n\r\n0\r\n\r\n");
      assertThat(client.readTo("\r\n\r\n")).contains(" 400 ");
      assertThat(instance.served).hasValue(0);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"CONNECT example.org:443", "TRACE /"})
  void methodsThatAProxyMustNotPassOnAreRefused(String line) throws Exception {
    assertThat(ask(line + " HTTP/1.1\r\nHost: x\r\n\r\n"))
        .contains(" 405 ")
        .contains("x-slipway-edge: method-refused");
    assertThat(instance.served).hasValue(0);
  }

  @Test
  void anAbsoluteTargetIsMadeRelative() throws Exception {
    try (RawClient client = new RawClient(route.listen())) {
      client.say("GET http://elsewhere.example/status/418?q HTTP/1.1\r\nHost: x\r\n\r\n");
      assertThat(client.readTo("\r\n\r\n")).contains(" 418 ");
    }
  }

  @Test
  void http10IsServed() throws Exception {
    assertThat(ask("GET / HTTP/1.0\r\n\r\n")).contains(" 200 ");
  }

  @Test
  void expectContinueIsAnsweredByTheEdge() throws Exception {
    try (RawClient client = new RawClient(route.listen())) {
      client.say(
          "POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\nExpect: 100-continue\r\n\r\n");
      assertThat(client.readTo("\r\n\r\n")).contains("100 Continue");
      assertThat(client.say("abc").readTo("abc")).contains(" 200 ");
    }
  }
}
