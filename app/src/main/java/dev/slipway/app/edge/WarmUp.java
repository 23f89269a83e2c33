package dev.slipway.app.edge;

import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/**
 * Sends a few requests through a route of its own before the edge says it is ready. The first
 * request through a fresh JVM takes hundreds of milliseconds, for class loading, and it should not
 * be a customer's, nor be counted against an arm.
 */
final class WarmUp {
  private static final String LOOPBACK = "127.0.0.1";
  private static final int REQUESTS = 50;

  private WarmUp() {}

  static Future<Void> run(Vertx vertx, EdgeOptions options, Capacity capacity) {
    HttpServer instance =
        vertx.createHttpServer().requestHandler(request -> request.response().end("warm"));
    HttpClient client = vertx.createHttpClient();
    return instance
        .listen(0, LOOPBACK)
        .compose(listening -> route(vertx, options, capacity, listening.actualPort()))
        .compose(
            route ->
                ask(client, route.port(), REQUESTS)
                    .eventually(() -> vertx.undeploy(route.deploymentID())))
        .eventually(client::close)
        .eventually(instance::close);
  }

  private static Future<RouteServer> route(
      Vertx vertx, EdgeOptions options, Capacity capacity, int port) {
    RouteSpec spec =
        new RouteSpec(
            new Epoch(0, 0),
            Optional.empty(),
            List.of(new Instance(LOOPBACK, port)),
            List.of(),
            0,
            Optional.empty());
    RouteServer route =
        new RouteServer(
            new RouteName("edge", "warm-up"),
            spec,
            new Instance(LOOPBACK, 0),
            options,
            capacity,
            InstantSource.system());
    return vertx.deployVerticle(route, new DeploymentOptions()).map(id -> route);
  }

  private static Future<Void> ask(HttpClient client, int port, int times) {
    return client
        .request(HttpMethod.POST, port, LOOPBACK, "/")
        .compose(request -> request.send("warm"))
        .compose(response -> response.body())
        .compose(body -> times > 1 ? ask(client, port, times - 1) : Future.succeededFuture());
  }
}
