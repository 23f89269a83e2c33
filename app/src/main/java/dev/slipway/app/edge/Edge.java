package dev.slipway.app.edge;

import io.vertx.core.Context;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * All routes of the edge. Wishes are carried out one after another; each is on the disk before it
 * is obeyed, and obeyed before it is acknowledged. Touched on the admin's event loop only.
 */
final class Edge {
  private static final Logger LOG = Logger.getLogger(Edge.class.getName());
  private static final long LISTEN_AGAIN_MS = 1_000;

  private final Vertx vertx;
  private final Vertx serving;
  private final StateDirectory state;
  private final EdgeOptions options;
  private final Capacity capacity;
  private final InstantSource clock;
  private final Map<RouteName, RouteRecord> kept = new TreeMap<>();
  private final Map<RouteName, RouteServer> routes = new TreeMap<>();
  private final Map<RouteName, String> unreadable = new TreeMap<>();
  private final Map<RouteName, Deaf> deaf = new TreeMap<>();
  private Future<?> last = Future.succeededFuture();

  /**
   * An edge that serves nothing yet.
   *
   * @param vertx the admin's
   * @param serving where routes run
   */
  Edge(
      Vertx vertx,
      Vertx serving,
      StateDirectory state,
      EdgeOptions options,
      Capacity capacity,
      InstantSource clock) {
    this.vertx = vertx;
    this.serving = serving;
    this.state = state;
    this.options = options;
    this.capacity = capacity;
    this.clock = clock;
  }

  /** A route that was kept but cannot listen now; it is tried again. */
  private record Deaf(Instance wanted, String cause) {}

  /**
   * Serves what was kept. A route that cannot be served is a problem of its own, not the edge's.
   */
  Future<Void> restore() throws IOException {
    StateDirectory.Found found = state.read();
    kept.putAll(found.routes());
    unreadable.putAll(found.unreadable());
    List<Future<Void>> all = new ArrayList<>();
    kept.forEach((name, record) -> record.spec().ifPresent(spec -> all.add(restore(name, spec))));
    return Future.join(all).mapEmpty();
  }

  private Future<Void> restore(RouteName name, RouteSpec spec) {
    return listen(name, spec)
        .<Void>mapEmpty()
        .recover(
            cause -> {
              deaf.put(name, new Deaf(addressOf(spec), String.valueOf(cause.getMessage())));
              vertx.setTimer(LISTEN_AGAIN_MS, tick -> inTurn(() -> listenAgain(name)));
              return Future.succeededFuture();
            });
  }

  private Future<Void> listenAgain(RouteName name) {
    Optional<RouteSpec> spec = Optional.ofNullable(kept.get(name)).flatMap(RouteRecord::spec);
    return spec.isPresent() && deaf.containsKey(name)
        ? restore(name, spec.get())
        : Future.succeededFuture();
  }

  private Instance addressOf(RouteSpec spec) {
    return spec.listen().orElseGet(() -> new Instance(options.bind(), 0));
  }

  private Future<RouteServer> listen(RouteName name, RouteSpec spec) {
    RouteServer server = new RouteServer(name, spec, addressOf(spec), options, capacity, clock);
    return here(serving.deployVerticle(server, new DeploymentOptions()))
        .map(
            id -> {
              deaf.remove(name);
              routes.put(name, server);
              return server;
            });
  }

  /** What happens among the routes, told on the admin's event loop. */
  private <T> Future<T> here(Future<T> there) {
    Context admin = vertx.getOrCreateContext();
    Promise<T> promise = Promise.promise();
    there.onComplete(result -> admin.runOnContext(back -> promise.handle(result)));
    return promise.future();
  }

  /** What became of a wish. */
  sealed interface Outcome {
    record Obeyed(RouteView view) implements Outcome {}

    record Deleted() implements Outcome {}

    record Unknown() implements Outcome {}

    record Refused(Refusal refusal) implements Outcome {}
  }

  Future<Outcome> put(RouteName name, RouteSpec wish) {
    return inTurn(() -> putNow(name, wish));
  }

  private Future<Outcome> putNow(RouteName name, RouteSpec wish) {
    Optional<RouteRecord> known = Optional.ofNullable(kept.get(name));
    Optional<Refusal> bounded = refuseByBounds(name, known);
    if (bounded.isPresent()) {
      return refused(bounded.get());
    }
    Optional<Instance> listens = known.flatMap(RouteRecord::spec).flatMap(RouteSpec::listen);
    RouteSpec spec = listens.isPresent() ? settled(wish, listens.get()) : wish;
    return switch (Obedience.judge(known, RouteRecord.serving(spec))) {
      case Obedience.Refused(Refusal refusal) -> refused(refusal);
      case Obedience.Already() -> obeyed(name);
      case Obedience.Obey() -> obey(name, spec, listens);
    };
  }

  private Future<Outcome> obey(RouteName name, RouteSpec spec, Optional<Instance> listens) {
    if (listens.isPresent() && !spec.listen().equals(listens)) {
      return refused(new Refusal.Moved(spec.listen().orElseThrow(), listens.get()));
    }
    RouteServer server = routes.get(name);
    return server == null ? open(name, spec) : move(name, spec, server);
  }

  private Optional<Refusal> refuseByBounds(RouteName name, Optional<RouteRecord> known) {
    if (unreadable.containsKey(name)) {
      return Optional.of(new Refusal.Unreadable(unreadable.get(name)));
    }
    return known.isEmpty() && kept.size() >= capacity.routesMax()
        ? Optional.of(
            new Refusal.TooMany(
                "the edge keeps at most "
                    + capacity.routesMax()
                    + " routes with this heap; start it with a larger one"))
        : Optional.empty();
  }

  /** The wish with the address the route has, if the wish leaves it open. */
  private static RouteSpec settled(RouteSpec wish, Instance listens) {
    boolean open =
        wish.listen().isEmpty()
            || (wish.listen().get().port() == 0
                && wish.listen().get().host().equals(listens.host()));
    return open ? wish.listeningAt(listens) : wish;
  }

  private Future<Outcome> move(RouteName name, RouteSpec spec, RouteServer server) {
    return keep(name, RouteRecord.serving(spec))
        .compose(done -> server.obey(spec))
        .compose(done -> obeyed(name));
  }

  /** A route that does not listen yet: its address must be had before it can be kept. */
  private Future<Outcome> open(RouteName name, RouteSpec wish) {
    Instance asked = addressOf(wish);
    return listen(name, wish)
        .<Outcome>compose(
            server -> {
              RouteSpec spec = wish.listeningAt(new Instance(asked.host(), server.port()));
              return keep(name, RouteRecord.serving(spec))
                  .onFailure(cause -> close(name))
                  .compose(done -> obeyed(name));
            })
        .recover(
            cause ->
                cause instanceof IOException
                    ? refused(new Refusal.CannotListen(asked, String.valueOf(cause.getMessage())))
                    : Future.failedFuture(cause));
  }

  private static Future<Outcome> refused(Refusal refusal) {
    return Future.succeededFuture(new Outcome.Refused(refusal));
  }

  private Future<Outcome> obeyed(RouteName name) {
    Deaf silent = deaf.get(name);
    if (silent != null) {
      return refused(new Refusal.CannotListen(silent.wanted(), silent.cause()));
    }
    return view(name)
        .map(view -> view.<Outcome>map(Outcome.Obeyed::new).orElseGet(Outcome.Unknown::new));
  }

  Future<Outcome> delete(RouteName name, Epoch epoch) {
    return inTurn(() -> deleteNow(name, epoch));
  }

  private Future<Outcome> deleteNow(RouteName name, Epoch epoch) {
    Optional<RouteRecord> known = Optional.ofNullable(kept.get(name));
    if (unreadable.containsKey(name)) {
      return refused(new Refusal.Unreadable(unreadable.get(name)));
    }
    if (known.isEmpty()) {
      return Future.succeededFuture(new Outcome.Unknown());
    }
    RouteRecord wish = RouteRecord.deleted(epoch);
    return switch (Obedience.judge(known, wish)) {
      case Obedience.Refused(Refusal refusal) -> refused(refusal);
      case Obedience.Already() -> Future.succeededFuture(new Outcome.Deleted());
      case Obedience.Obey() ->
          keep(name, wish)
              .map(
                  done -> {
                    close(name);
                    return new Outcome.Deleted();
                  });
    };
  }

  /** Stops serving; requests in flight may end, which nobody has to wait for. */
  private void close(RouteName name) {
    deaf.remove(name);
    RouteServer server = routes.remove(name);
    if (server != null) {
      serving
          .undeploy(server.deploymentID())
          .onFailure(cause -> LOG.log(Level.WARNING, "route " + name + " did not close", cause));
    }
  }

  private Future<Void> keep(RouteName name, RouteRecord wish) {
    return vertx
        .<Void>executeBlocking(
            () -> {
              state.keep(name, wish);
              return null;
            })
        .onSuccess(done -> kept.put(name, wish));
  }

  /** Runs one wish after another. */
  private <T> Future<T> inTurn(Supplier<Future<T>> wish) {
    Future<T> done = last.transform(ended -> wish.get());
    last = done;
    return done;
  }

  Optional<RouteServer> route(RouteName name) {
    return Optional.ofNullable(routes.get(name));
  }

  Capacity capacity() {
    return capacity;
  }

  Map<RouteName, RouteServer> routes() {
    return Map.copyOf(routes);
  }

  Future<Optional<RouteView>> view(RouteName name) {
    Optional<RouteServer> server = route(name);
    return server.isEmpty()
        ? Future.succeededFuture(Optional.empty())
        : server.get().view().map(Optional::of);
  }

  Future<List<RouteView>> views() {
    return Future.all(routes.values().stream().map(RouteServer::view).toList())
        .map(all -> all.<RouteView>list());
  }

  /** What the edge cannot do now, a sentence each. */
  List<String> problems() {
    List<String> problems = new ArrayList<>();
    deaf.forEach(
        (name, why) ->
            problems.add(
                "route " + name + " cannot listen on " + why.wanted() + ": " + why.cause()));
    unreadable.forEach((name, why) -> problems.add("route " + name + " cannot be read: " + why));
    return problems;
  }
}
