package dev.slipway.bench.edge;

import dev.slipway.app.edge.EdgeClient;
import dev.slipway.app.edge.EdgeProcess;
import dev.slipway.app.edge.Epoch;
import dev.slipway.app.edge.Instance;
import dev.slipway.app.edge.Obeyed;
import dev.slipway.app.edge.RouteName;
import dev.slipway.app.edge.RouteSpec;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Compares a small service asked directly, through the edge, and through HAProxy (if it is on the
 * PATH). For each way: latency at a fixed rate, open loop, from the moment each request was due;
 * and, if {@code wrk} is on the PATH, the most requests per second it answers to 32 connections.
 * The ways take turns in several rounds, so that a busy machine is busy for all of them.
 *
 * <p>Arguments: seconds per measurement (default 5), requests per second (default 500), rounds
 * (default 3).
 */
public final class EdgeBench {
  private static final String LOOPBACK = "127.0.0.1";

  private EdgeBench() {}

  /** Runs it and prints a line per way. */
  public static void main(String[] args) throws Exception {
    Duration each = Duration.ofSeconds(args.length > 0 ? Long.parseLong(args[0]) : 5);
    int rate = args.length > 1 ? Integer.parseInt(args[1]) : 500;
    int rounds = args.length > 2 ? Integer.parseInt(args[2]) : 3;
    Path dir = Files.createTempDirectory("edge-bench");
    Vertx vertx = Vertx.vertx();
    EdgeProcess edge = null;
    Process haproxy = null;
    try {
      Instance service = service(vertx);
      Map<String, Instance> ways = new LinkedHashMap<>();
      ways.put("direct", service);
      edge =
          EdgeProcess.start(
              Path.of(System.getProperty("java.home")),
              System.getProperty("java.class.path"),
              dir.resolve("edge"));
      ways.put("edge", route(edge, service));
      Optional<Path> binary = Tools.find("haproxy");
      if (binary.isPresent()) {
        Instance front = new Instance(LOOPBACK, freePort());
        haproxy = haproxy(binary.get(), dir, front, service);
        ways.put("haproxy", front);
      } else {
        System.out.println("haproxy is not on the PATH: left out");
      }
      compare(vertx, ways, new Plan(each, rate, rounds));
    } finally {
      if (haproxy != null) {
        haproxy.destroy();
        haproxy.waitFor(5, TimeUnit.SECONDS);
      }
      if (edge != null) {
        edge.stop(Duration.ofSeconds(40));
      }
      vertx.close().toCompletionStage().toCompletableFuture().join();
      delete(dir);
    }
  }

  private record Plan(Duration each, int rate, int rounds) {}

  private static void compare(Vertx vertx, Map<String, Instance> ways, Plan plan)
      throws IOException, InterruptedException {
    Map<String, Latency> latencies = new LinkedHashMap<>();
    Map<String, Double> most = new LinkedHashMap<>();
    Optional<Path> wrk = Tools.find("wrk");
    for (Instance way : ways.values()) {
      OpenLoop.run(vertx, way, plan.rate(), Duration.ofSeconds(2));
    }
    for (int round = 0; round < plan.rounds(); round++) {
      for (Map.Entry<String, Instance> way : ways.entrySet()) {
        Latency seen = OpenLoop.run(vertx, way.getValue(), plan.rate(), plan.each());
        latencies.merge(way.getKey(), seen, Latency::and);
        if (wrk.isPresent()) {
          double rate = Tools.wrk(wrk.get(), way.getValue(), plan.each());
          most.merge(way.getKey(), rate, Math::max);
        }
      }
    }
    if (wrk.isEmpty()) {
      System.out.println("wrk is not on the PATH: requests per second are not measured");
    }
    print(plan, latencies, most);
  }

  private static void print(Plan plan, Map<String, Latency> latencies, Map<String, Double> most) {
    System.out.printf(
        "%-8s %12s %9s %9s %9s %11s %11s %8s%n",
        "way", "req/s (max)", "p50 ms", "p99 ms", "p99.9 ms", "added p50", "added p99", "errors");
    Latency direct = latencies.values().iterator().next();
    latencies.forEach(
        (way, seen) ->
            System.out.printf(
                "%-8s %12s %9.3f %9.3f %9.3f %11.3f %11.3f %8d%n",
                way,
                most.containsKey(way) ? "%.0f".formatted(most.get(way)) : "-",
                seen.ms(50),
                seen.ms(99),
                seen.ms(99.9),
                seen.ms(50) - direct.ms(50),
                seen.ms(99) - direct.ms(99),
                seen.errors()));
    System.out.printf(
        "latency at %d requests/s, open loop, %d s a round, %d rounds; %d processors%n",
        plan.rate(),
        plan.each().toSeconds(),
        plan.rounds(),
        Runtime.getRuntime().availableProcessors());
  }

  private static Instance service(Vertx vertx) {
    HttpServer server =
        vertx
            .createHttpServer()
            .requestHandler(
                request ->
                    request
                        .response()
                        .putHeader("content-type", "application/json")
                        .end("{\"id\":17,\"state\":\"open\",\"total\":\"12.50\"}"))
            .listen(0, LOOPBACK)
            .toCompletionStage()
            .toCompletableFuture()
            .join();
    return new Instance(LOOPBACK, server.actualPort());
  }

  private static Instance route(EdgeProcess edge, Instance service) {
    RouteSpec spec =
        new RouteSpec(
            new Epoch(1, 1), Optional.empty(), List.of(service), List.of(), 0, Optional.empty());
    try (EdgeClient client = edge.client()) {
      return switch (client.put(new RouteName("bench", "service"), spec)) {
        case Obeyed.Yes yes -> yes.route().listen();
        case Obeyed.No no -> throw new IllegalStateException(no.refusal().sentence());
        case Obeyed.Gone gone -> throw new IllegalStateException("the route is gone: " + gone);
      };
    }
  }

  private static Process haproxy(Path binary, Path dir, Instance front, Instance service)
      throws IOException {
    String config =
        """
        global
          maxconn 4096
        defaults
          mode http
          timeout connect 2s
          timeout client 60s
          timeout server 30s
          option forwardfor
          http-reuse always
        frontend front
          bind %s
          default_backend service
        backend service
          server one %s check inter 1s
        """
            .formatted(front, service);
    Path file = dir.resolve("haproxy.cfg");
    Files.writeString(file, config, StandardCharsets.US_ASCII);
    Process process =
        new ProcessBuilder(binary.toString(), "-db", "-f", file.toString())
            .redirectErrorStream(true)
            .redirectOutput(dir.resolve("haproxy.log").toFile())
            .start();
    Tools.awaitListening(front, process);
    return process;
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private static void delete(Path dir) throws IOException {
    try (Stream<Path> files = Files.walk(dir)) {
      files
          .sorted(Comparator.reverseOrder())
          .forEach(
              file -> {
                try {
                  Files.delete(file);
                } catch (IOException e) {
                  throw new UncheckedIOException(e);
                }
              });
    }
  }
}
