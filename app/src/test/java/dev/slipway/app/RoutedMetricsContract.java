package dev.slipway.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.slipway.policy.Share;
import dev.slipway.target.Epoch;
import dev.slipway.target.TrafficRouter;
import dev.slipway.telemetry.MetricSourceContract;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** A metric source keeps its contract for traffic that a real router splits. */
public abstract class RoutedMetricsContract extends MetricSourceContract {
  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private HttpServer stable;
  private HttpServer canary;
  private int moves;

  @BeforeEach
  void startInstances() throws Exception {
    stable = instance();
    canary = instance();
  }

  private static HttpServer instance() throws Exception {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 128);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext(
        "/",
        exchange -> {
          boolean error = exchange.getRequestURI().getPath().equals("/error");
          exchange.sendResponseHeaders(error ? 500 : 200, -1);
          exchange.close();
        });
    server.start();
    return server;
  }

  @AfterEach
  void stopInstances() {
    http.close();
    stable.stop(0);
    canary.stop(0);
  }

  /** The router whose traffic is measured. */
  protected abstract TrafficRouter router();

  /** Returns once everything served so far can be seen by the source. */
  protected abstract void awaitCounted(Instant since, int stable, int canary);

  @Override
  protected Interval send(Load onStable, Load onCanary) {
    split(Share.NONE);
    Instant from = settled();
    ask(split(Share.NONE), onStable);
    ask(split(Share.ALL), onCanary);
    awaitCounted(from, onStable.requests(), onCanary.requests());
    return new Interval(from, settled());
  }

  /** A time at which the source has counted all that was before, and nothing since. */
  protected Instant settled() {
    Instant next = Instant.now().truncatedTo(ChronoUnit.SECONDS).plusSeconds(1);
    org.awaitility.Awaitility.await().until(() -> !Instant.now().isBefore(next));
    return next;
  }

  private URI split(Share share) {
    return router()
        .split(
            SLOT,
            new Epoch(1, ++moves),
            new TrafficRouter.Split(
                List.of(backend(stable)), List.of(backend(canary)), share, Optional.empty()));
  }

  private static TrafficRouter.Backend backend(HttpServer server) {
    return new TrafficRouter.Backend("127.0.0.1", server.getAddress().getPort());
  }

  private void ask(URI endpoint, Load load) {
    for (int i = 0; i < load.requests(); i++) {
      boolean error = i < load.errors();
      int status = Greeters.get(http, URI.create(endpoint + (error ? "/error" : "/"))).statusCode();
      assertThat(status).isEqualTo(error ? 500 : 200);
    }
  }
}
