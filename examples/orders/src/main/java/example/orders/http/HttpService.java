package example.orders.http;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Executors;

/**
 * Routes requests to handlers, one virtual thread for each request, and writes their answers as
 * JSON. Listens on the loopback address only.
 */
public final class HttpService implements AutoCloseable {

  /** The largest body of a request, in bytes. */
  static final int BODY_MAX = 8 * 1024;

  /** How long {@link #close()} waits for requests under way, in seconds. */
  private static final int DRAIN_SECONDS_MAX = 5;

  /** What the JDK's server takes as a length for "no body". */
  private static final int NO_BODY = -1;

  private static final Logger LOG = System.getLogger(HttpService.class.getName());

  /** Answers one kind of request. */
  @FunctionalInterface
  public interface Handler {
    /**
     * @throws Request.Malformed when the caller is at fault; answered with 400
     * @throws Exception when the service is at fault; answered with 500
     */
    Response handle(Request request) throws Exception;
  }

  private record Route(String method, String[] segments, Handler handler) {

    /** The parameters in the path, when the path is this route's. */
    Optional<Map<String, String>> match(String path) {
      String[] actual = path.split("/", -1);
      if (actual.length != segments.length) {
        return Optional.empty();
      }
      Map<String, String> parameters = new HashMap<>();
      for (int i = 0; i < segments.length; i++) {
        if (segments[i].startsWith("{")) {
          parameters.put(segments[i].substring(1, segments[i].length() - 1), actual[i]);
        } else if (!segments[i].equals(actual[i])) {
          return Optional.empty();
        }
      }
      return Optional.of(parameters);
    }
  }

  private final HttpServer server;
  private final List<Route> routes = new ArrayList<>();

  /**
   * Opens the port; requests wait until {@link #start()}.
   *
   * @param port 0 for any free one
   * @throws IOException when the port is taken
   */
  public HttpService(int port) throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/", this::exchange);
  }

  /** Adds a route. A segment {@code {name}} of the path becomes the parameter {@code name}. */
  public HttpService route(String method, String path, Handler handler) {
    routes.add(new Route(method, path.split("/", -1), handler));
    return this;
  }

  public HttpService start() {
    server.start();
    return this;
  }

  public int port() {
    return server.getAddress().getPort();
  }

  /** Takes no new requests and waits for those under way. */
  @Override
  public void close() {
    server.stop(DRAIN_SECONDS_MAX);
  }

  private void exchange(HttpExchange exchange) throws IOException {
    try (exchange) {
      Response response = answer(exchange);
      byte[] body = response.json().getBytes(StandardCharsets.UTF_8);
      exchange.getResponseHeaders().set("Content-Type", "application/json; charset=utf-8");
      if (exchange.getRequestMethod().equals("HEAD")) {
        exchange.sendResponseHeaders(response.status(), NO_BODY);
      } else {
        exchange.sendResponseHeaders(response.status(), body.length);
        exchange.getResponseBody().write(body);
      }
    }
  }

  private Response answer(HttpExchange exchange) {
    try {
      return dispatch(exchange);
    } catch (Request.Malformed e) {
      return Response.problem(400, e.getMessage());
    } catch (Exception e) {
      LOG.log(Level.ERROR, exchange.getRequestMethod() + " " + exchange.getRequestURI(), e);
      return Response.problem(500, "the service failed to answer");
    }
  }

  private Response dispatch(HttpExchange exchange) throws Exception {
    String path = exchange.getRequestURI().getPath();
    Set<String> allowed = new TreeSet<>();
    for (Route route : routes) {
      Optional<Map<String, String>> inPath = route.match(path);
      if (inPath.isPresent() && route.method().equals(exchange.getRequestMethod())) {
        return route.handler().handle(request(exchange, inPath.get()));
      }
      inPath.ifPresent(_ -> allowed.add(route.method()));
    }
    if (allowed.isEmpty()) {
      return Response.problem(404, "there is nothing at " + path);
    }
    exchange.getResponseHeaders().set("Allow", String.join(", ", allowed));
    return Response.problem(405, exchange.getRequestMethod() + " is not allowed here");
  }

  private static Request request(HttpExchange exchange, Map<String, String> inPath)
      throws IOException {
    Map<String, String> parameters = new HashMap<>();
    parameters.putAll(Request.decode(body(exchange)));
    String query = exchange.getRequestURI().getRawQuery();
    parameters.putAll(Request.decode(query == null ? "" : query));
    parameters.putAll(inPath);
    return new Request(parameters);
  }

  private static String body(HttpExchange exchange) throws IOException {
    try (InputStream in = exchange.getRequestBody()) {
      byte[] body = in.readNBytes(BODY_MAX + 1);
      if (body.length > BODY_MAX) {
        throw new Request.Malformed("the body is longer than " + BODY_MAX + " bytes");
      }
      return new String(body, StandardCharsets.UTF_8);
    }
  }
}
