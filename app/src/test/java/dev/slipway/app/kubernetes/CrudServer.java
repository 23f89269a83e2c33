package dev.slipway.app.kubernetes;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.fabric8.mockwebserver.dsl.HttpMethod;
import io.fabric8.mockwebserver.http.Buffer;
import io.fabric8.mockwebserver.http.Headers;
import io.fabric8.mockwebserver.http.MockResponse;
import io.fabric8.mockwebserver.http.RecordedRequest;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The client's CRUD server, asked over plain HTTP. Its own web sockets stand still for half a
 * minute when a watch ends while an event is on its way, so watches are streams here.
 */
final class CrudServer implements AutoCloseable {
  /** How the target's client is told from those that play the cluster. */
  static final String TARGET = "slipway-target";

  private final AppliedByMerge objects = new AppliedByMerge();
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final HttpServer server;
  private final Set<String> rights = ConcurrentHashMap.newKeySet();
  private final AtomicInteger writesLeft = new AtomicInteger(Integer.MAX_VALUE);

  CrudServer() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.createContext("/", this::answer);
    server.start();
  }

  String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort() + "/";
  }

  /** The target's writes after so many fail, as if it had crashed there. */
  void failAfter(int writes) {
    writesLeft.set(writes);
  }

  /** The rights that the target's requests so far took, as {@code "get secrets."}. */
  Set<String> rightsUsed() {
    return rights;
  }

  private void note(HttpExchange exchange, Map<String, String> query) {
    if (!TARGET.equals(exchange.getRequestHeaders().getFirst("User-Agent"))) {
      return;
    }
    // /api/v1/namespaces/N/services/name or /apis/apps/v1/namespaces/N/deployments/name/status
    List<String> path = List.of(exchange.getRequestURI().getPath().substring(1).split("/"));
    String group = path.getFirst().equals("api") ? "" : path.get(1);
    List<String> rest = path.subList(path.indexOf("namespaces") + 2, path.size());
    String resource = rest.getFirst() + (rest.size() > 2 ? "/" + rest.get(2) : "");
    String verb =
        switch (exchange.getRequestMethod()) {
          case "GET" ->
              "true".equals(query.get("watch")) ? "watch" : rest.size() > 1 ? "get" : "list";
          case "POST" -> "create";
          case "PUT" -> "update";
          default -> exchange.getRequestMethod().toLowerCase(Locale.ROOT);
        };
    rights.add(verb + " " + resource + "." + group);
    if (AppliedByMerge.isApply(exchange.getRequestHeaders().getFirst("Content-Type"))) {
      // An apply may create.
      rights.add("create " + resource + "." + group);
    }
  }

  private boolean fails(HttpExchange exchange) {
    return !exchange.getRequestMethod().equals("GET")
        && TARGET.equals(exchange.getRequestHeaders().getFirst("User-Agent"))
        && writesLeft.getAndDecrement() <= 0;
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      Map<String, String> query = query(exchange.getRequestURI());
      note(exchange, query);
      if ("true".equals(query.get("watch"))) {
        stream(exchange, query);
      } else if (fails(exchange)) {
        exchange.sendResponseHeaders(400, -1);
      } else {
        once(exchange);
      }
    } catch (RuntimeException e) {
      e.printStackTrace();
      throw e;
    }
  }

  private void once(HttpExchange exchange) throws IOException {
    Headers.Builder headers = Headers.builder();
    exchange.getRequestHeaders().forEach((name, all) -> headers.add(name, all.getFirst()));
    MockResponse response =
        objects.dispatch(
            new RecordedRequest(
                "HTTP/1.1",
                HttpMethod.valueOf(exchange.getRequestMethod()),
                exchange.getRequestURI().toString(),
                headers.build(),
                new Buffer(exchange.getRequestBody().readAllBytes())));
    byte[] body =
        Optional.ofNullable(response.getBody()).map(Buffer::getBytes).orElseGet(() -> new byte[0]);
    exchange.getResponseHeaders().add("Content-Type", "application/json");
    exchange.sendResponseHeaders(response.code(), body.length == 0 ? -1 : body.length);
    if (body.length > 0) {
      exchange.getResponseBody().write(body);
    }
  }

  private void stream(HttpExchange exchange, Map<String, String> query) throws IOException {
    exchange.getResponseHeaders().add("Content-Type", "application/json");
    exchange.sendResponseHeaders(200, 0);
    OutputStream out = exchange.getResponseBody();
    out.flush();
    Events.Interest interest =
        new Events.Interest(
            exchange.getRequestURI().getPath(),
            query.getOrDefault("fieldSelector", ""),
            query.getOrDefault("labelSelector", ""));
    long seen = Long.parseLong(query.getOrDefault("resourceVersion", "0"));
    try {
      while (true) {
        Events.Event next = objects.events().next(seen, interest);
        out.write((next.line() + "\n").getBytes(StandardCharsets.UTF_8));
        out.flush();
        seen = next.version();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (IOException gone) {
      // The watcher has seen enough.
      return;
    }
  }

  private static Map<String, String> query(URI uri) {
    Map<String, String> query = new TreeMap<>();
    String text = Optional.ofNullable(uri.getQuery()).orElse("");
    for (String part : text.split("&")) {
      int at = part.indexOf('=');
      if (at > 0) {
        query.put(part.substring(0, at), part.substring(at + 1));
      }
    }
    return query;
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
