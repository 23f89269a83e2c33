package dev.slipway.app.edge;

import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** The admin API: which question is asked, and its answer. Knows nothing of sockets. */
final class AdminApi {
  private final Edge edge;
  private final EdgeAddress address;

  AdminApi(Edge edge, EdgeAddress address) {
    this.edge = edge;
    this.address = address;
  }

  Future<Reply> answer(String method, String path, MultiMap query, byte[] body) {
    try {
      return route(method, List.of(path.replaceFirst("^/", "").split("/", -1)), query, body);
    } catch (EdgeJson.Malformed e) {
      return done(new Reply.Malformed(e.place(), String.valueOf(e.getMessage())));
    }
  }

  private Future<Reply> route(String method, List<String> path, MultiMap query, byte[] body) {
    if (path.equals(List.of("health"))) {
      return method.equals("GET") ? health() : wrongMethod("GET");
    }
    if (!path.getFirst().equals("routes") || path.size() == 2 || path.size() > 4) {
      return done(new Reply.Fault(404, "unknown_path", "see /health and /routes"));
    }
    if (path.size() == 1) {
      return method.equals("GET")
          ? edge.views().map(views -> new Reply.Found(Map.of("routes", views)))
          : wrongMethod("GET");
    }
    RouteName name = name(path.get(1), path.get(2));
    if (path.size() == 4) {
      return method.equals("GET") ? measured(path.get(3), name, query) : wrongMethod("GET");
    }
    return switch (method) {
      case "GET" -> edge.view(name).map(view -> found(name, view));
      case "PUT" ->
          edge.put(name, EdgeJson.readWish(body, RouteSpec.class)).map(o -> reply(name, o));
      case "DELETE" -> edge.delete(name, epoch(query)).map(o -> reply(name, o));
      default -> wrongMethod("GET, PUT, DELETE");
    };
  }

  private static RouteName name(String environment, String service) {
    try {
      return new RouteName(environment, service);
    } catch (IllegalArgumentException e) {
      throw new EdgeJson.Malformed("path", String.valueOf(e.getMessage()));
    }
  }

  private Future<Reply> health() {
    return done(
        new Reply.Found(
            new EdgeHealth(
                address.pid(), address.startedAt(), edge.routes().size(), edge.problems())));
  }

  private Future<Reply> measured(String what, RouteName name, MultiMap query) {
    return switch (what) {
      case "window" -> {
        Arm arm = parameter(query, "arm", Arm::of);
        Instant from = parameter(query, "from", Instant::parse);
        Instant to = parameter(query, "to", Instant::parse);
        yield asked(name, traffic -> traffic.counters().window(arm, from, to));
      }
      case "slices" -> {
        Instant from = parameter(query, "from", Instant::parse);
        Instant to = parameter(query, "to", Instant::parse);
        yield asked(name, traffic -> Map.of("slices", traffic.counters().slices(from, to)));
      }
      default -> done(new Reply.Fault(404, "unknown_path", "a route has window and slices"));
    };
  }

  private Future<Reply> asked(RouteName name, Function<Traffic, Object> question) {
    Optional<RouteServer> server = edge.route(name);
    return server.isEmpty()
        ? done(found(name, Optional.empty()))
        : server.get().ask(question).map(Reply.Found::new);
  }

  private static <T> T parameter(MultiMap query, String name, Function<String, T> reader) {
    List<String> given = query.getAll(name);
    if (given.size() != 1) {
      throw new EdgeJson.Malformed("query " + name, "expected exactly one value");
    }
    try {
      return reader.apply(given.getFirst());
    } catch (DateTimeException e) {
      throw new EdgeJson.Malformed(
          "query " + name, "expected an instant such as 2026-11-01T12:00:00Z");
    } catch (IllegalArgumentException e) {
      throw new EdgeJson.Malformed("query " + name, String.valueOf(e.getMessage()));
    }
  }

  private static Epoch epoch(MultiMap query) {
    try {
      return new Epoch(
          parameter(query, "lease", Long::parseLong), parameter(query, "move", Long::parseLong));
    } catch (IllegalArgumentException e) {
      throw new EdgeJson.Malformed("query", String.valueOf(e.getMessage()));
    }
  }

  private static Reply reply(RouteName name, Edge.Outcome outcome) {
    return switch (outcome) {
      case Edge.Outcome.Obeyed(RouteView view) -> new Reply.Found(view);
      case Edge.Outcome.Deleted() -> new Reply.Found(Map.of("deleted", name.toString()));
      case Edge.Outcome.Unknown() -> found(name, Optional.empty());
      case Edge.Outcome.Refused(Refusal refusal) -> new Reply.Refused(refusal);
    };
  }

  private static Reply found(RouteName name, Optional<RouteView> view) {
    return view.<Reply>map(Reply.Found::new)
        .orElseGet(() -> new Reply.Fault(404, "unknown_route", "no route " + name));
  }

  private static Future<Reply> wrongMethod(String allowed) {
    return done(new Reply.Fault(405, "wrong_method", "allowed here: " + allowed));
  }

  private static Future<Reply> done(Reply reply) {
    return Future.succeededFuture(reply);
  }
}
