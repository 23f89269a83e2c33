package dev.slipway.app.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

/** Twenty switches under some five hundred requests a second lose not a single request. */
class EdgeSwitchTest {
  private static final int CLIENTS = 10;
  private static final long PACE_NANOS = 1_000_000_000L * CLIENTS / 500;
  private static final int SWITCHES = 20;
  private static final int REQUESTS_PER_SWITCH = 125;

  private final Queue<String> errors = new ConcurrentLinkedQueue<>();
  private final AtomicLong answered = new AtomicLong();
  private final AtomicBoolean over = new AtomicBoolean();

  @Test
  void twentySwitchesLoseNoRequestAndKeepTheShareExact() throws Exception {
    RouteName name = EdgeFixture.name();
    try (EdgeFixture edge = EdgeFixture.startDefault()) {
      TestInstance stable = TestInstance.start("v0");
      TestInstance canary = TestInstance.start("v1");
      RouteView route =
          edge.put(name, 0, List.of(stable.address()), List.of(canary.address()), 500);
      List<Thread> clients = startClients(edge, route);
      for (int move = 1; move <= SWITCHES; move++) {
        awaitTraffic();
        switch (move % 4) {
          case 0 -> edge.put(name, move, at(stable), at(canary), 500 + 37 * move);
          case 1 -> edge.put(name, move, at(canary), at(stable), 2_500);
          case 2 -> edge.put(name, move, at(canary), List.of(), 0);
          default -> {
            // The old stable one has drained under the move before: stop it, start the next.
            await().atMost(EdgeFixture.PATIENCE).until(() -> edge.view(name).draining().isEmpty());
            stable.close();
            stable = canary;
            canary = TestInstance.start("v" + move);
            edge.put(name, move, at(stable), at(canary), 10_000);
          }
        }
      }
      awaitTraffic();
      over.set(true);
      for (Thread client : clients) {
        client.join();
      }
      assertThat(errors).isEmpty();
      assertShares(edge.quiet(name));
      stable.close();
      canary.close();
    }
  }

  private static List<Instance> at(TestInstance instance) {
    return List.of(instance.address());
  }

  private void awaitTraffic() {
    long enough = answered.get() + REQUESTS_PER_SWITCH;
    await().atMost(EdgeFixture.PATIENCE).until(() -> answered.get() >= enough || !errors.isEmpty());
  }

  private void assertShares(RouteView route) {
    assertThat(route.counters()).hasSize(SWITCHES + 1);
    long counted = 0;
    for (RouteView.Counted epoch : route.counters()) {
      long all = epoch.stable().requests() + epoch.canary().requests();
      double due = all * epoch.canaryShareBp() / 10_000.0;
      assertThat(Math.abs(epoch.canary().requests() - due))
          .as("%s: %d of %d", epoch.epoch(), epoch.canary().requests(), all)
          .isLessThanOrEqualTo(1.0);
      assertThat(epoch.stable().errors() + epoch.canary().errors()).isZero();
      counted += all;
    }
    assertThat(counted).isEqualTo(answered.get());
  }

  private List<Thread> startClients(EdgeFixture edge, RouteView route) {
    List<Thread> clients = new ArrayList<>();
    for (int i = 0; i < CLIENTS; i++) {
      boolean posts = i % 3 == 0;
      HttpRequest.Builder request =
          HttpRequest.newBuilder(EdgeFixture.uri(route, posts ? "/echo" : "/"));
      HttpRequest built =
          posts ? request.POST(BodyPublishers.ofString("body")).build() : request.build();
      clients.add(Thread.ofPlatform().start(() -> keepAsking(edge, built)));
    }
    return clients;
  }

  private void keepAsking(EdgeFixture edge, HttpRequest request) {
    long next = System.nanoTime();
    while (!over.get()) {
      try {
        HttpResponse<String> response = edge.send(request);
        if (response.statusCode() != 200) {
          errors.add(response.statusCode() + " " + response.body());
        }
      } catch (RuntimeException e) {
        errors.add(e.toString());
      }
      answered.incrementAndGet();
      next = Math.max(next + PACE_NANOS, System.nanoTime() - PACE_NANOS);
      LockSupport.parkNanos(next - System.nanoTime());
    }
  }
}
