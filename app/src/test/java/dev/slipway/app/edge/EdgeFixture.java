package dev.slipway.app.edge;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/** A real edge in a process of its own, and a few words to talk to it. */
final class EdgeFixture implements AutoCloseable {
  /** Much longer than anything takes on a machine that is not overloaded. */
  static final Duration PATIENCE = Duration.ofSeconds(60);

  /** Checks quick enough for tests. */
  static final EdgeOptions.Checks CHECKS =
      new EdgeOptions.Checks(Duration.ofMillis(200), Duration.ofSeconds(5), 2, 2);

  private static final AtomicInteger NUMBER = new AtomicInteger();

  private final Path dir;
  private final EdgeProcess.Launch launch;
  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private EdgeProcess process;
  private EdgeClient client;

  private EdgeFixture(EdgeProcess.Launch launch) {
    try {
      this.dir = Files.createTempDirectory("edge");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    this.launch = launch;
    start();
  }

  static EdgeProcess.Launch launch(EdgeOptions options) {
    Path javaHome = Path.of(System.getProperty("java.home"));
    return EdgeProcess.Launch.with(javaHome, System.getProperty("java.class.path"))
        .bounded(options);
  }

  static EdgeFixture start(EdgeOptions options) {
    return new EdgeFixture(launch(options));
  }

  static EdgeFixture startWithHeap(String heap) {
    return new EdgeFixture(launch(options(EdgeOptions.defaults(), CHECKS)).withHeap(heap));
  }

  static EdgeFixture startDefault() {
    return start(options(EdgeOptions.defaults(), CHECKS));
  }

  private static EdgeOptions options(EdgeOptions o, EdgeOptions.Checks checks) {
    return new EdgeOptions(
        o.bind(),
        o.concurrentMax(),
        o.connectionsMax(),
        o.bodyBytesMax(),
        o.headerBytesMax(),
        o.upstreamTimeout(),
        o.connectTimeout(),
        o.drain(),
        checks);
  }

  /** Starts it, or adopts it. */
  void start() {
    process = EdgeProcess.start(launch, dir);
    if (client != null) {
      client.close();
    }
    client = process.client();
  }

  EdgeProcess process() {
    return process;
  }

  EdgeClient client() {
    return client;
  }

  Path dir() {
    return dir;
  }

  void kill() {
    ProcessHandle handle = ProcessHandle.of(process.address().pid()).orElseThrow();
    handle.destroyForcibly();
    handle.onExit().join();
  }

  /** A name no other test uses. */
  static RouteName name() {
    return new RouteName("test", "svc-" + NUMBER.incrementAndGet());
  }

  static RouteSpec spec(
      long move, List<Instance> stable, List<Instance> canary, int canaryShareBp) {
    return new RouteSpec(
        new Epoch(1, move), Optional.empty(), stable, canary, canaryShareBp, Optional.empty());
  }

  RouteView put(RouteName name, RouteSpec spec) {
    return switch (client.put(name, spec)) {
      case Obeyed.Yes(RouteView route) -> route;
      case Obeyed.Gone() -> throw new AssertionError("the edge says the route is gone");
      case Obeyed.No(Refusal refusal) -> throw new AssertionError(refusal.sentence());
    };
  }

  RouteView put(
      RouteName name, long move, List<Instance> stable, List<Instance> canary, int shareBp) {
    return put(name, spec(move, stable, canary, shareBp));
  }

  RouteView view(RouteName name) {
    return client.route(name).orElseThrow();
  }

  Counts stable(RouteName name) {
    return view(name).current().stable();
  }

  Counts canary(RouteName name) {
    return view(name).current().canary();
  }

  /** Waits until nothing is in flight any more, so that the counters are final. */
  RouteView quiet(RouteName name) {
    await()
        .atMost(PATIENCE)
        .until(
            () -> {
              RouteView view = view(name);
              return Stream.of(view.stable(), view.canary(), view.draining())
                  .flatMap(List::stream)
                  .allMatch(member -> member.inFlight() == 0);
            });
    return view(name);
  }

  static URI uri(RouteView route, String path) {
    return URI.create("http://" + route.listen() + path);
  }

  HttpResponse<String> get(RouteView route, String path) {
    return send(HttpRequest.newBuilder(uri(route, path)).build());
  }

  HttpResponse<String> send(HttpRequest request) {
    try {
      return http.send(request, HttpResponse.BodyHandlers.ofString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  HttpClient http() {
    return http;
  }

  /** An address nobody listens on. */
  static Instance nobody() {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return new Instance("127.0.0.1", socket.getLocalPort());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    client.close();
    http.close();
    if (process.isAlive()) {
      kill();
    }
    try (Stream<Path> files = Files.walk(dir)) {
      files.sorted(Comparator.reverseOrder()).forEach(file -> file.toFile().delete());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
