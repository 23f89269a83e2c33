package dev.slipway.app.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** An edge with a small heap and more clients than it can hold: it refuses, and lives. */
@Timeout(value = 3, unit = TimeUnit.MINUTES)
class EdgeOverloadTest {
  private static EdgeFixture edge;

  private final RouteName name = EdgeFixture.name();
  private final List<RawClient> clients = new ArrayList<>();
  private TestInstance instance;
  private RouteView route;

  @BeforeAll
  static void startEdge() {
    edge = EdgeFixture.startWithHeap("64m");
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
  void leave() throws IOException {
    leaveAll();
    instance.close();
  }

  private void leaveAll() throws IOException {
    for (RawClient client : clients) {
      client.close();
    }
    clients.clear();
  }

  private RawClient connect() throws IOException {
    RawClient client = new RawClient(route.listen());
    clients.add(client);
    return client;
  }

  private double metric(String metric, String bound) {
    URI page =
        URI.create("http://127.0.0.1:" + edge.process().address().metricsPort() + "/metrics");
    String text = edge.send(HttpRequest.newBuilder(page).build()).body();
    String line = metric + "{bound=\"" + bound + "\"} ";
    return text.lines()
        .filter(each -> each.startsWith(line))
        .mapToDouble(each -> Double.parseDouble(each.substring(line.length())))
        .findFirst()
        .orElseThrow();
  }

  private void assertServesAgain() {
    long pid = edge.process().address().pid();
    await()
        .atMost(EdgeFixture.PATIENCE)
        .ignoreExceptions()
        .until(() -> edge.get(route, "/").statusCode() == 200);
    assertThat(edge.client().health().pid()).isEqualTo(pid);
    await().atMost(EdgeFixture.PATIENCE).until(() -> metric("slipway_edge_held", "requests") == 0);
  }

  @Test
  void moreRequestsThanItsMemoryAllowsAre503WithRetryAfter() throws Exception {
    int bound = (int) metric("slipway_edge_bound", "requests");
    String hold = "GET /hold HTTP/1.1\r\nHost: x\r\n\r\n";
    for (int i = 0; i < bound; i++) {
      connect().say(hold);
    }
    await().atMost(EdgeFixture.PATIENCE).until(() -> instance.held.get() == bound);

    String refused = connect().say(hold).readTo("\r\n\r\n");

    assertThat(refused)
        .contains(" 503 ")
        .contains("retry-after: 1")
        .contains("x-slipway-edge: edge-full");
    assertThat(metric("slipway_edge_held", "requests")).isEqualTo(bound);
    assertThat(metric("slipway_edge_bound_hits_total", "requests")).isPositive();
    assertThat(Files.readString(edge.dir().resolve("edge.log.0")))
        .contains("the edge is full: requests are bounded at " + bound);
    instance.release();
    leaveAll();
    assertServesAgain();
  }

  @Test
  void moreConnectionsThanItsMemoryAllowsAreToldSoAndThenClosed() throws Exception {
    int bound = (int) metric("slipway_edge_bound", "connections");
    String header =
        "GET / HTTP/1.1\r\nHost: x\r\n" + ("X-A: " + "a".repeat(1_000) + "\r\n").repeat(30);
    for (int i = 0; i < bound; i++) {
      connect().say(header);
    }
    await()
        .atMost(EdgeFixture.PATIENCE)
        .until(() -> metric("slipway_edge_held", "connections") == bound);

    assertThat(connect().say("GET / HTTP/1.1\r\nHost: x\r\n\r\n").readAll())
        .contains(" 503 ")
        .contains("retry-after: 1")
        .contains("x-slipway-edge: connection-limit");
    leaveAll();
    assertServesAgain();
  }

  @Test
  void readersThatDoNotReadAreCutOffWhenTheyHoldTooMuch() throws Exception {
    int requests = (int) metric("slipway_edge_bound", "requests");
    for (int i = 0; i < requests; i++) {
      connect().say("GET /large HTTP/1.1\r\nHost: x\r\n\r\n");
    }
    await()
        .atMost(EdgeFixture.PATIENCE)
        .until(() -> metric("slipway_edge_bound_hits_total", "buffered_bytes") > 0);
    assertThat(metric("slipway_edge_held", "buffered_bytes"))
        .isLessThanOrEqualTo(metric("slipway_edge_bound", "buffered_bytes"));
    leaveAll();
    assertServesAgain();
    await()
        .atMost(EdgeFixture.PATIENCE)
        .until(() -> metric("slipway_edge_held", "buffered_bytes") == 0);
  }

  @Test
  void aRollbackIsHeardWhileEveryoneAsks() throws Exception {
    AtomicBoolean going = new AtomicBoolean(true);
    AtomicLong answers = new AtomicLong();
    List<Thread> crowd = new ArrayList<>();
    for (int i = 0; i < 64; i++) {
      crowd.add(Thread.ofVirtual().start(() -> ask(going, answers)));
    }
    await().atMost(EdgeFixture.PATIENCE).until(() -> answers.get() > 500);

    List<Long> millis = new ArrayList<>();
    for (int move = 2; move < 23; move++) {
      long start = System.nanoTime();
      edge.put(name, move, List.of(instance.address()), List.of(), 0);
      millis.add((System.nanoTime() - start) / 1_000_000);
    }
    going.set(false);
    for (Thread thread : crowd) {
      thread.join();
    }

    millis.sort(Long::compare);
    assertThat(millis.get(millis.size() / 2)).as("of %s ms, the median", millis).isLessThan(1_000);
    assertServesAgain();
  }

  private void ask(AtomicBoolean going, AtomicLong answers) {
    while (going.get()) {
      try (RawClient client = new RawClient(route.listen())) {
        while (going.get()) {
          client.say("GET / HTTP/1.1\r\nHost: x\r\n\r\n").readTo("one");
          answers.incrementAndGet();
        }
      } catch (IOException e) {
        // Refused: this one comes again, as an unbounded client does.
        answers.incrementAndGet();
      }
    }
  }

  @Test
  void theAdminIsAnsweredWhileNoRouteIs(@TempDir Path dir) throws Exception {
    StateDirectory state = new StateDirectory(dir);
    state.create();
    state.provideToken();
    Vertx governing = Vertx.vertx();
    Vertx serving = Vertx.vertx();
    CountDownLatch blocked = new CountDownLatch(1);
    EdgeOptions options = EdgeOptions.defaults();
    try {
      for (int i = 0; i < 64; i++) {
        serving.getOrCreateContext().runOnContext(go -> stall(blocked));
      }
      AdminServer admin =
          new AdminServer(
              serving,
              state,
              options,
              Capacity.of(256 << 20, options),
              new AdminServer.Ports(0, 0),
              state.token(),
              InstantSource.system());
      governing.deployVerticle(admin).toCompletionStage().toCompletableFuture().get();
      try (EdgeClient client = new EdgeClient(admin.address().adminPort(), state.token())) {
        assertThat(client.health().problems()).isEmpty();
      }
    } finally {
      blocked.countDown();
      serving.close().toCompletionStage().toCompletableFuture().get();
      governing.close().toCompletionStage().toCompletableFuture().get();
    }
  }

  private static void stall(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void theBoundsFollowFromTheHeap() {
    EdgeOptions options = EdgeOptions.defaults();
    Capacity small = Capacity.of(64L << 20, options);
    Capacity large = Capacity.of(1L << 30, options);
    for (Capacity.Bound bound : Capacity.Bound.values()) {
      assertThat(small.max(bound)).isPositive();
      assertThat(large.max(bound)).isGreaterThan(10 * small.max(bound));
    }
    long most =
        small.max(Capacity.Bound.CONNECTIONS) * ((16 << 10) + options.headerBytesMax())
            + small.max(Capacity.Bound.REQUESTS) * (64 << 10)
            + small.max(Capacity.Bound.BUFFERED_BYTES);
    assertThat(most).isLessThan((64L << 20) * 3 / 4);
    assertThat(small.routesMax()).isEqualTo(16);
  }
}
