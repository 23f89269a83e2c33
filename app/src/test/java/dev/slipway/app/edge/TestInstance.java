package dev.slipway.app.edge;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A running copy of a made-up service: answers every path with its name, {@code /status/N} with
 * that status, {@code /large} with 8 MB, {@code /echo} with what it was sent, {@code /headers} with
 * the headers it saw, {@code /hold} when it is released, {@code /healthz} with a status that can be
 * set.
 */
final class TestInstance implements AutoCloseable {
  static {
    // Without it the JDK's server delays every second answer on a kept connection by 40 ms.
    System.setProperty("sun.net.httpserver.nodelay", "true");
  }

  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final String name;
  private final CountDownLatch released = new CountDownLatch(1);
  final AtomicLong served = new AtomicLong();
  final AtomicInteger held = new AtomicInteger();
  final AtomicInteger healthStatus = new AtomicInteger(200);

  private TestInstance(String name, int port) {
    this.name = name;
    try {
      server = HttpServer.create(new InetSocketAddress("127.0.0.1", port), 1_024);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.setExecutor(threads);
    server.createContext("/", this::answer);
    server.start();
  }

  static TestInstance start(String name) {
    return new TestInstance(name, 0);
  }

  static TestInstance start(String name, int port) {
    return new TestInstance(name, port);
  }

  Instance address() {
    return new Instance("127.0.0.1", server.getAddress().getPort());
  }

  private void answer(HttpExchange exchange) throws IOException {
    String path = exchange.getRequestURI().getPath();
    if (path.equals("/healthz")) {
      send(exchange, healthStatus.get(), new byte[0]);
      return;
    }
    served.incrementAndGet();
    byte[] sent = exchange.getRequestBody().readAllBytes();
    if (path.startsWith("/status/")) {
      send(exchange, Integer.parseInt(path.substring(8)), bytes(name));
    } else if (path.equals("/large")) {
      send(exchange, 200, new byte[8 << 20]);
    } else if (path.equals("/echo")) {
      send(exchange, 200, sent);
    } else if (path.equals("/headers")) {
      StringBuilder seen = new StringBuilder();
      exchange
          .getRequestHeaders()
          .forEach(
              (header, values) -> seen.append(header).append(": ").append(values).append('\n'));
      exchange.getResponseHeaders().add("Connection", "X-Private");
      exchange.getResponseHeaders().add("X-Private", "mine");
      exchange.getResponseHeaders().add("X-Slipway-Edge", "forged");
      send(exchange, 200, bytes(seen.toString()));
    } else if (path.equals("/hold")) {
      held.incrementAndGet();
      awaitRelease();
      send(exchange, 200, bytes(name));
    } else {
      send(exchange, 200, bytes(name));
    }
  }

  private void awaitRelease() {
    try {
      released.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  void release() {
    released.countDown();
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static void send(HttpExchange exchange, int status, byte[] body) throws IOException {
    boolean bodyless = status == 204 || status == 304 || exchange.getRequestMethod().equals("HEAD");
    exchange.sendResponseHeaders(status, bodyless ? -1 : body.length == 0 ? -1 : body.length);
    if (!bodyless && body.length > 0) {
      exchange.getResponseBody().write(body);
    }
    exchange.close();
  }

  @Override
  public void close() {
    release();
    server.stop(0);
    threads.shutdownNow();
  }
}
