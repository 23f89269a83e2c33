package dev.slipway.app.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.slipway.policy.judge.Factors;
import dev.slipway.project.StagingPlan;
import dev.slipway.project.StagingPlan.Request;
import dev.slipway.telemetry.StagingRun;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LoadTest {
  private final Queue<String> served = new ConcurrentLinkedQueue<>();
  private HttpServer server;

  @BeforeEach
  void start() throws Exception {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 100);
    server.createContext(
        "/",
        exchange -> {
          served.add(
              exchange.getRequestMethod()
                  + " "
                  + exchange.getRequestHeaders().getFirst("Host")
                  + " "
                  + exchange.getRequestURI());
          exchange.sendResponseHeaders(
              exchange.getRequestURI().getPath().equals("/bad") ? 500 : 200, -1);
          exchange.close();
        });
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  private StagingRun drive(double rate, Duration duration, List<Request> requests)
      throws InterruptedException {
    URI base = URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    Factors factors = Factors.of(Map.of("cpu", 2.0));
    return new HttpProber()
        .drive(
            base, new StagingPlan(duration, rate, requests, Optional.empty(), factors), duration);
  }

  @Test
  void requestsGoToStagingInOrderAndFromTheStartAgain() throws Exception {
    String host = "127.0.0.1:" + server.getAddress().getPort();

    StagingRun run =
        drive(
            10,
            Duration.ofMillis(500),
            List.of(
                Request.get("/one?a=b"),
                Request.get("//evil.example/two"),
                new Request("HEAD", "/bad", Map.of(), Optional.empty())));

    assertThat(served)
        .containsExactly(
            "GET " + host + " /one?a=b",
            "GET " + host + " //evil.example/two",
            "HEAD " + host + " /bad",
            "GET " + host + " /one?a=b",
            "GET " + host + " //evil.example/two");
    assertThat(run.factors().product()).isEqualTo(2);
    assertThat(run.endpoints()).containsOnlyKeys("GET /one", "GET //evil.example/two", "HEAD /bad");
    assertThat(run.endpoints().get("HEAD /bad").errors()).isEqualTo(1);
  }

  @Test
  void onlySoManyEndpointsAreCountedApart() throws Exception {
    List<Request> requests = new ArrayList<>();
    IntStream.range(0, 300).forEach(i -> requests.add(Request.get("/orders/" + i)));
    IntStream.range(0, 20).forEach(i -> requests.add(Request.get("/often")));

    StagingRun run = drive(640, Duration.ofMillis(500), requests);

    assertThat(run.endpoints()).hasSize(201).containsKeys("GET /often", "GET /orders/198", "other");
    assertThat(run.endpoints().get("other").requests()).isEqualTo(101);
    assertThat(run.endpoints().get("GET /often").requests()).isEqualTo(20);
    assertThat(run.total().requests()).isEqualTo(320);
  }
}
