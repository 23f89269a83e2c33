package dev.slipway.app.kubernetes;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.LongAdder;

/**
 * Takes requests for a route and sends them to pods by its weights; an image that is called bad
 * fails every third. What pods would export of it is on {@code /metrics}.
 */
final class TinyGateway implements AutoCloseable {
  private static final double[] BOUNDS = {0.1, 0.25, 0.5, 0.8, 1, 2.5};

  private final TinyCluster cluster;
  private final String route;
  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final Map<String, LongAdder> counters = new ConcurrentSkipListMap<>();
  private final LongAdder requests = new LongAdder();

  TinyGateway(TinyCluster cluster, String route) throws IOException {
    this.cluster = cluster;
    this.route = route;
    this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.createContext("/metrics", this::metrics);
    server.createContext("/", this::forward);
    server.start();
    // A counter that is there from the start rises from zero.
    for (String track : new String[] {"stable", "canary"}) {
      count(track, 200, Duration.ZERO, 0);
      count(track, 500, Duration.ZERO, 0);
    }
  }

  int port() {
    return server.getAddress().getPort();
  }

  URI uri() {
    return URI.create("http://127.0.0.1:" + port() + "/");
  }

  private void forward(HttpExchange exchange) throws IOException {
    try (exchange) {
      long began = System.nanoTime();
      String backend = cluster.backend(route);
      String image = cluster.throughService(backend);
      requests.increment();
      int status = image.contains("bad") && requests.sum() % 3 == 0 ? 500 : 200;
      exchange.sendResponseHeaders(status, -1);
      String track = backend.substring(backend.lastIndexOf('-') + 1);
      count(track, status, Duration.ofNanos(System.nanoTime() - began), 1);
    }
  }

  private void count(String track, int status, Duration took, int by) {
    String labels = "environment=\"production\",service=\"greeter\",track=\"" + track + "\"";
    add("http_requests_total{" + labels + ",code=\"" + status + "\"}", by);
    String buckets = "http_request_duration_seconds_bucket{" + labels + ",le=\"";
    for (double bound : BOUNDS) {
      add(buckets + bound + "\"}", took.toNanos() <= bound * 1e9 ? by : 0);
    }
    add(buckets + "+Inf\"}", by);
  }

  private void add(String series, int by) {
    counters.computeIfAbsent(series, any -> new LongAdder()).add(by);
  }

  private void metrics(HttpExchange exchange) throws IOException {
    try (exchange) {
      StringBuilder page = new StringBuilder();
      counters.forEach((name, value) -> page.append(name).append(' ').append(value).append('\n'));
      byte[] body = page.toString().getBytes(StandardCharsets.UTF_8);
      exchange.getResponseHeaders().add("Content-Type", "text/plain; version=0.0.4");
      exchange.sendResponseHeaders(200, body.length);
      exchange.getResponseBody().write(body);
    }
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
