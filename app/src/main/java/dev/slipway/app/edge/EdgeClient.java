package dev.slipway.app.edge;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/**
 * Talks to the admin port of an edge. Every method throws {@link EdgeException} if the edge cannot
 * be reached within ten seconds, or does not know the token; a wish that is refused is a value, not
 * an exception. Safe for use by several threads.
 */
public final class EdgeClient implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  /** How long an edge that has died may take to be started again. */
  private static final Duration RESTART_MAX = Duration.ofSeconds(5);

  private static final long LOOK_AGAIN_MS = 50;

  private final Supplier<Door> announced;
  private final Duration restartMax;
  private final HttpClient http;
  private volatile Door door;

  /** Where to knock and what to say. */
  private record Door(URI admin, String authorization) {
    static Door of(int port, String token) {
      return new Door(URI.create("http://127.0.0.1:" + port), "Bearer " + token);
    }

    static Door of(Path stateDir) {
      StateDirectory state = new StateDirectory(stateDir);
      try {
        EdgeAddress address =
            state
                .address()
                .orElseThrow(
                    () -> new EdgeException("no edge has announced itself in " + stateDir));
        return of(address.adminPort(), state.token());
      } catch (IOException e) {
        throw new EdgeException("cannot read the edge's directory " + stateDir, e);
      }
    }
  }

  private EdgeClient(Supplier<Door> announced, Duration restartMax) {
    this.announced = announced;
    this.restartMax = restartMax;
    this.door = announced.get();
    this.http =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(PATIENCE)
            .proxy(HttpClient.Builder.NO_PROXY)
            .build();
  }

  /**
   * A client of the edge at that address.
   *
   * @param adminPort its admin port on the loopback address
   * @param token its token
   */
  public EdgeClient(int adminPort, String token) {
    this(() -> Door.of(adminPort, token), Duration.ZERO);
  }

  /**
   * A client of the edge that runs on that state directory, and of the one that runs there after
   * it: if the edge is started again, the client finds it, and waits five seconds for that.
   *
   * @throws EdgeException if none has announced itself there
   */
  public static EdgeClient of(Path stateDir) {
    return new EdgeClient(() -> Door.of(stateDir), RESTART_MAX);
  }

  /** How the edge is. */
  public EdgeHealth health() {
    return expect(EdgeHealth.class, get("/health"));
  }

  /** All routes, by name. */
  public List<RouteView> routes() {
    return expect(Routes.class, get("/routes")).routes();
  }

  /** A route, if the edge has it. */
  public Optional<RouteView> route(RouteName name) {
    return found(RouteView.class, get(path(name)));
  }

  /**
   * Sets what a route shall do; it does so when this returns {@link Obeyed.Yes}, and goes on doing
   * so after a crash. Harmless to repeat.
   */
  public Obeyed put(RouteName name, RouteSpec spec) {
    byte[] body = EdgeJson.write(spec);
    return obeyed(
        send(
            path(name),
            request ->
                request
                    .header("content-type", "application/json")
                    .PUT(BodyPublishers.ofByteArray(body))));
  }

  /** Ends a route; requests in flight may end. The epoch must be newer than what it obeyed. */
  public Obeyed delete(RouteName name, Epoch epoch) {
    String query = "?lease=" + epoch.lease() + "&move=" + epoch.move();
    return obeyed(send(path(name) + query, HttpRequest.Builder::DELETE));
  }

  /**
   * What an arm answered within an interval; empty if the edge does not have the route. Fractions
   * of a second are cut off from both ends.
   */
  public Optional<Window> window(RouteName name, Arm arm, Instant from, Instant to) {
    String query = "/window?arm=" + arm.label() + "&from=" + from + "&to=" + to;
    return found(Window.class, get(path(name) + query));
  }

  /** The same, second by second, both arms, by time. */
  public Optional<List<Slice>> slices(RouteName name, Instant from, Instant to) {
    String query = "/slices?from=" + from + "&to=" + to;
    return found(Slices.class, get(path(name) + query)).map(Slices::slices);
  }

  private record Routes(List<RouteView> routes) {}

  private record Slices(List<Slice> slices) {}

  private static String path(RouteName name) {
    return "/routes/" + name.environment() + "/" + name.service();
  }

  /** A question: its path, and how its request is finished. */
  private record Question(String path, UnaryOperator<HttpRequest.Builder> finish) {
    HttpRequest at(Door door) {
      HttpRequest.Builder request =
          HttpRequest.newBuilder(door.admin().resolve(path))
              .timeout(PATIENCE)
              .header("authorization", door.authorization());
      return finish.apply(request).build();
    }
  }

  private HttpResponse<byte[]> get(String path) {
    return send(path, HttpRequest.Builder::GET);
  }

  private HttpResponse<byte[]> send(String path, UnaryOperator<HttpRequest.Builder> finish) {
    Question question = new Question(path, finish);
    long deadline = System.nanoTime() + restartMax.toNanos();
    try {
      while (true) {
        try {
          return http.send(question.at(door), BodyHandlers.ofByteArray());
        } catch (HttpTimeoutException e) {
          throw e;
        } catch (IOException e) {
          lookAgain(deadline, e);
        }
      }
    } catch (IOException e) {
      throw new EdgeException("the edge at " + door.admin() + " cannot be reached: " + e, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new EdgeException("interrupted while asking the edge at " + door.admin(), e);
    }
  }

  /** Asks again where the edge is if nobody answers: every question may be asked twice. */
  private void lookAgain(long deadline, IOException cause)
      throws IOException, InterruptedException {
    Door now = announced.get();
    if (now.equals(door)) {
      if (System.nanoTime() - deadline >= 0) {
        throw cause;
      }
      // Between two looks at a process that is starting; there is nothing to be told by.
      TimeUnit.MILLISECONDS.sleep(LOOK_AGAIN_MS);
    }
    door = now;
  }

  private <T> Optional<T> found(Class<T> type, HttpResponse<byte[]> response) {
    return response.statusCode() == 404 ? Optional.empty() : Optional.of(expect(type, response));
  }

  private <T> T expect(Class<T> type, HttpResponse<byte[]> response) {
    if (response.statusCode() != 200) {
      throw unexpected(response);
    }
    return read(type, response);
  }

  private Obeyed obeyed(HttpResponse<byte[]> response) {
    return switch (response.statusCode()) {
      case 200 ->
          "DELETE".equals(response.request().method())
              ? new Obeyed.Gone()
              : new Obeyed.Yes(read(RouteView.class, response));
      case 404 -> new Obeyed.Gone();
      case 409 -> new Obeyed.No(read(Refusal.class, response));
      default -> throw unexpected(response);
    };
  }

  private <T> T read(Class<T> type, HttpResponse<byte[]> response) {
    try {
      return EdgeJson.readAnswer(response.body(), type);
    } catch (EdgeJson.Malformed e) {
      throw new EdgeException(
          "the edge at " + door.admin() + " answered what is not understood, at " + e.place(), e);
    }
  }

  private EdgeException unexpected(HttpResponse<byte[]> response) {
    return new EdgeException(
        "the edge at "
            + door.admin()
            + " answered "
            + response.statusCode()
            + " to "
            + response.request().method()
            + " "
            + response.request().uri().getPath()
            + ": "
            + message(response));
  }

  private static String message(HttpResponse<byte[]> response) {
    try {
      Map<?, ?> body = EdgeJson.readAnswer(response.body(), Map.class);
      return body.get("place") == null
          ? String.valueOf(body.get("message"))
          : body.get("place") + ": " + body.get("message");
    } catch (EdgeJson.Malformed e) {
      return "(not JSON)";
    }
  }

  @Override
  public void close() {
    http.close();
  }
}
