package dev.slipway.app.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Requests through a real edge to well-behaved instances. */
class EdgeRoutingTest {
  private static EdgeFixture edge;

  private final RouteName name = EdgeFixture.name();
  private TestInstance s1;
  private TestInstance s2;
  private TestInstance c1;

  @BeforeAll
  static void startEdge() {
    edge = EdgeFixture.startDefault();
  }

  @AfterAll
  static void stopEdge() {
    edge.close();
  }

  @BeforeEach
  void startInstances() {
    s1 = TestInstance.start("s1");
    s2 = TestInstance.start("s2");
    c1 = TestInstance.start("c1");
  }

  @AfterEach
  void stopInstances() {
    s1.close();
    s2.close();
    c1.close();
  }

  private RouteView split(int shareBp) {
    return edge.put(name, 1, List.of(s1.address(), s2.address()), List.of(c1.address()), shareBp);
  }

  @Test
  void fivePercentOfTwoHundredRequestsAreTen() {
    RouteView route = split(500);
    for (int i = 0; i < 200; i++) {
      assertThat(edge.get(route, "/").statusCode()).isEqualTo(200);
    }
    assertThat(c1.served).hasValue(10);
    assertThat(s1.served).hasValue(95);
    assertThat(s2.served).hasValue(95);
    edge.quiet(name);
    assertThat(edge.canary(name).requests()).isEqualTo(10);
    assertThat(edge.stable(name).requests()).isEqualTo(190);
  }

  @Test
  void windowsSlicesAndTotalsAgree() {
    Instant from = Instant.now().minusSeconds(1);
    RouteView route = split(2_500);
    for (int i = 0; i < 60; i++) {
      edge.get(route, i % 3 == 0 ? "/status/503" : "/");
    }
    edge.quiet(name);
    Instant to = Instant.now().plusSeconds(2);
    List<Slice> slices = edge.client().slices(name, from, to).orElseThrow();
    long all = 0;
    for (Arm arm : Arm.values()) {
      Window window = edge.client().window(name, arm, from, to).orElseThrow();
      Counts total = arm == Arm.STABLE ? edge.stable(name) : edge.canary(name);
      assertThat(window.counts()).isEqualTo(total);
      assertThat(window.histogram().count()).isEqualTo(total.requests());
      assertThat(window.counts().errors())
          .isEqualTo(window.counts().results().getOrDefault(Result.STATUS_5XX, 0L));
      List<Slice> own = slices.stream().filter(s -> s.arm() == arm).toList();
      assertThat(own.stream().mapToLong(Slice::requests).sum()).isEqualTo(total.requests());
      assertThat(own.stream().mapToLong(Slice::errors).sum()).isEqualTo(total.errors());
      assertThat(own).allMatch(s -> s.epoch().equals(new Epoch(1, 1)) && s.p99Ms() >= s.p50Ms());
      all += total.requests();
    }
    assertThat(all).isEqualTo(60);
    assertThat(edge.stable(name).errors() + edge.canary(name).errors()).isEqualTo(20);
  }

  @Test
  void everyMoveStartsItsOwnCounters() {
    RouteView route = split(5_000);
    for (int i = 0; i < 10; i++) {
      edge.get(route, "/");
    }
    edge.put(name, 2, List.of(s1.address()), List.of(c1.address()), 10_000);
    for (int i = 0; i < 4; i++) {
      edge.get(route, "/");
    }
    List<RouteView.Counted> counters = edge.quiet(name).counters();
    assertThat(counters).hasSize(2);
    assertThat(counters.getFirst().stable().requests()).isEqualTo(5);
    assertThat(counters.getFirst().canary().requests()).isEqualTo(5);
    assertThat(counters.getLast().stable().requests()).isZero();
    assertThat(counters.getLast().canary().requests()).isEqualTo(4);
  }

  @Test
  void headersAreTreatedAsAProxyMust() {
    RouteView route = split(0);
    HttpResponse<String> response =
        edge.send(
            HttpRequest.newBuilder(EdgeFixture.uri(route, "/headers"))
                .header("X-Forwarded-For", "203.0.113.9")
                .header("TE", "trailers")
                .header("X-Kept", "yes")
                .build());
    assertThat(response.body().toLowerCase())
        .contains("x-forwarded-for: [203.0.113.9, 127.0.0.1]")
        .contains("host: [" + route.listen() + "]")
        .contains("x-forwarded-host: [" + route.listen() + "]")
        .contains("x-forwarded-proto: [http]")
        .contains("via: [1.1 slipway-edge]")
        .contains("x-kept: [yes]")
        .doesNotContain("\nte:");
    assertThat(response.headers().map())
        .doesNotContainKeys("x-private", "connection", "x-slipway-edge");
  }

  @Test
  void bodiesPassUnchangedInBothDirections() {
    RouteView route = split(5_000);
    Random random = new Random(11);
    for (int size : new int[] {0, 1, 8_191, 70_000, 3_000_000}) {
      String body =
          random
              .ints(size, 'a', 'z')
              .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
              .toString();
      HttpRequest.Builder request = HttpRequest.newBuilder(EdgeFixture.uri(route, "/echo"));
      assertThat(edge.send(request.POST(BodyPublishers.ofString(body)).build()).body())
          .isEqualTo(body);
      HttpRequest chunked =
          request
              .POST(
                  BodyPublishers.fromPublisher(
                      BodyPublishers.ofByteArray(
                          body.getBytes(java.nio.charset.StandardCharsets.US_ASCII))))
              .build();
      assertThat(edge.send(chunked).body()).isEqualTo(body);
    }
  }

  @Test
  void statusesWithoutABodyPass() {
    RouteView route = split(0);
    for (int status : new int[] {204, 304, 404, 500}) {
      assertThat(edge.get(route, "/status/" + status).statusCode()).isEqualTo(status);
    }
    HttpRequest head =
        HttpRequest.newBuilder(EdgeFixture.uri(route, "/"))
            .method("HEAD", BodyPublishers.noBody())
            .build();
    assertThat(edge.send(head).statusCode()).isEqualTo(200);
    assertThat(edge.get(route, "/").body()).isIn("s1", "s2");
    edge.quiet(name);
    assertThat(edge.stable(name).requests()).isEqualTo(6);
    assertThat(edge.stable(name).errors()).isEqualTo(1);
  }

  @Test
  void anInstanceThatIsRemovedFinishesWhatItHas() {
    RouteView route = edge.put(name, 1, List.of(s1.address()), List.of(), 0);
    CompletableFuture<HttpResponse<String>> held =
        edge.http()
            .sendAsync(
                HttpRequest.newBuilder(EdgeFixture.uri(route, "/hold")).build(),
                HttpResponse.BodyHandlers.ofString());
    await().atMost(EdgeFixture.PATIENCE).until(() -> s1.held.get() == 1);

    RouteView after = edge.put(name, 2, List.of(s2.address()), List.of(), 0);
    assertThat(after.draining()).extracting(RouteView.Member::instance).containsOnly(s1.address());
    assertThat(after.inFlight(s1.address())).isEqualTo(1);
    assertThat(edge.get(route, "/").body()).isEqualTo("s2");

    s1.release();
    assertThat(held.join().body()).isEqualTo("s1");
    await()
        .atMost(EdgeFixture.PATIENCE)
        .untilAsserted(() -> assertThat(edge.view(name).draining()).isEmpty());
    assertThat(edge.view(name).counters().getFirst().stable().requests()).isEqualTo(1);
  }

  @Test
  void anInstanceThatFailsItsChecksIsLeftOutUntilItPassesThem() {
    RouteSpec checked =
        new RouteSpec(
            new Epoch(1, 1),
            Optional.empty(),
            List.of(s1.address(), s2.address()),
            List.of(),
            0,
            Optional.of("/healthz"));
    RouteView route = edge.put(name, checked);
    s1.healthStatus.set(503);
    awaitHealth(s1, Health.UNHEALTHY);
    for (int i = 0; i < 6; i++) {
      assertThat(edge.get(route, "/").body()).isEqualTo("s2");
    }
    s1.healthStatus.set(200);
    awaitHealth(s1, Health.HEALTHY);
    assertThat(List.of(edge.get(route, "/").body(), edge.get(route, "/").body()))
        .containsExactlyInAnyOrder("s1", "s2");
  }

  private void awaitHealth(TestInstance instance, Health health) {
    await()
        .atMost(EdgeFixture.PATIENCE)
        .pollInterval(Duration.ofMillis(20))
        .until(
            () ->
                edge.view(name).stable().stream()
                    .filter(member -> member.instance().equals(instance.address()))
                    .allMatch(member -> member.health() == health));
  }

  @Test
  void aWindowOfAnUnknownRouteIsEmpty() {
    assertThat(edge.client().window(name, Arm.CANARY, Instant.EPOCH, Instant.now())).isEmpty();
    assertThat(edge.client().slices(name, Instant.EPOCH, Instant.now())).isEmpty();
    assertThat(edge.client().route(name)).isEmpty();
  }
}
