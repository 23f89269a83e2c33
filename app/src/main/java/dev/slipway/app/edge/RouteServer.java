package dev.slipway.app.edge;

import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.PoolOptions;
import io.vertx.httpproxy.HttpProxy;
import io.vertx.httpproxy.ProxyOptions;
import java.time.InstantSource;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A route at work: its listener, its connections to instances, its timers, on one event loop. */
final class RouteServer extends VerticleBase {
  /** How often stalled requests are looked for; a timeout is late by at most this. */
  private static final long SWEEP_MS = 100;

  /** Shorter than the five seconds after which common servers drop an idle connection. */
  private static final int KEEP_ALIVE_SECONDS = 4;

  private static final int LINE_BYTES_MAX = 8_192;

  private final Instance wanted;
  private final EdgeOptions options;
  private final Capacity capacity;
  private final Traffic traffic;
  private @Nullable HttpServer server;
  private @Nullable HttpClient client;
  private @Nullable HealthChecks checks;

  RouteServer(
      RouteName name,
      RouteSpec spec,
      Instance wanted,
      EdgeOptions options,
      Capacity capacity,
      InstantSource clock) {
    this.wanted = wanted;
    this.options = options;
    this.capacity = capacity;
    this.traffic = new Traffic(name, spec, options.concurrentMax(), clock);
  }

  @Override
  public Future<?> start() {
    HealthChecks asked = new HealthChecks(vertx, traffic, options);
    HttpClient towards =
        vertx
            .httpClientBuilder()
            .with(clientOptions())
            .with(new PoolOptions().setHttp1MaxSize(connectionsPerInstance()))
            .build();
    ClientConnections clients =
        new ClientConnections(vertx, options.connectionsMax(), capacity, traffic.counters());
    Forwarder forwarder = new Forwarder(traffic, options, capacity, clients, this::checkSoon);
    HttpProxy proxy =
        HttpProxy.reverseProxy(new ProxyOptions().setSupportWebSocket(true), towards)
            .origin(forwarder::connect)
            .addInterceptor(forwarder, true);
    HttpServer listener =
        vertx
            .createHttpServer(serverOptions())
            .connectionHandler(clients::welcome)
            .requestHandler(
                request -> {
                  if (clients.isTurnedAway(request.connection())) {
                    turnAway(request);
                  } else {
                    proxy.handle(request);
                  }
                })
            .invalidRequestHandler(this::refuse);
    checks = asked;
    client = towards;
    server = listener;
    vertx.setPeriodic(SWEEP_MS, tick -> forwarder.expireStalled());
    vertx.setPeriodic(options.checks().interval().toMillis(), tick -> asked.checkAll());
    return listener.listen();
  }

  private HttpServerOptions serverOptions() {
    int idleSeconds = (int) Math.max(60, 2 * options.upstreamTimeout().toSeconds());
    return new HttpServerOptions()
        .setHost(wanted.host())
        .setPort(wanted.port())
        .setMaxHeaderSize(options.headerBytesMax())
        .setMaxInitialLineLength(LINE_BYTES_MAX)
        .setIdleTimeout(idleSeconds)
        .setHttp2ClearTextEnabled(false)
        .setHandle100ContinueAutomatically(true);
  }

  private HttpClientOptions clientOptions() {
    return new HttpClientOptions()
        .setConnectTimeout((int) options.connectTimeout().toMillis())
        .setMaxHeaderSize(options.headerBytesMax())
        .setKeepAliveTimeout(KEEP_ALIVE_SECONDS);
  }

  /** As many as there can be requests and open WebSockets: nothing waits for a connection. */
  private int connectionsPerInstance() {
    return options.concurrentMax() + options.connectionsMax();
  }

  private static void turnAway(HttpServerRequest request) {
    request.response().putHeader("retry-after", "1");
    close(request, Reason.CONNECTION_LIMIT);
  }

  private void refuse(HttpServerRequest request) {
    Throwable cause = request.decoderResult().cause();
    Reason reason =
        switch (cause) {
          case TooLongHttpLineException e -> Reason.URI_TOO_LONG;
          case TooLongHttpHeaderException e -> Reason.HEADER_TOO_LARGE;
          case null, default -> Reason.BAD_REQUEST;
        };
    traffic.counters().addRefusal(reason);
    close(request, reason);
  }

  private static void close(HttpServerRequest request, Reason reason) {
    request
        .response()
        .setStatusCode(reason.code())
        .putHeader(Reason.HEADER, reason.label())
        .putHeader("connection", "close")
        .end(reason.body())
        .onComplete(sent -> request.connection().close());
  }

  private void checkSoon(Upstream upstream) {
    if (checks != null) {
      checks.check(upstream);
    }
  }

  Future<Void> obey(RouteSpec spec) {
    return this.<Object>ask(
            traffic -> {
              traffic.obey(spec);
              return spec;
            })
        .mapEmpty();
  }

  Future<RouteView> view() {
    Instance listens = new Instance(wanted.host(), port());
    return ask(traffic -> traffic.view(listens));
  }

  /** The port it listens on, once it does. */
  int port() {
    return server == null ? wanted.port() : server.actualPort();
  }

  /** Asks something of the route on its own event loop; the answer arrives on the asker's. */
  <T> Future<T> ask(Function<Traffic, T> question) {
    // Not vertx' own: the asker lives in another Vert.x, so that it is heard when this one is busy.
    Context asker = Objects.requireNonNull(Vertx.currentContext());
    Promise<T> promise = Promise.promise();
    context.runOnContext(
        go -> {
          try {
            T answer = question.apply(traffic);
            asker.runOnContext(back -> promise.complete(answer));
          } catch (RuntimeException e) {
            asker.runOnContext(back -> promise.fail(e));
          }
        });
    return promise.future();
  }

  /** Stops accepting, lets requests in flight end for as long as the drain bound, then closes. */
  @Override
  public Future<?> stop() {
    Future<?> drained =
        server == null
            ? Future.succeededFuture()
            : server.shutdown(options.drain().toMillis(), TimeUnit.MILLISECONDS);
    return drained
        .eventually(() -> client == null ? Future.succeededFuture() : client.close())
        .eventually(() -> checks == null ? Future.succeededFuture() : checks.close());
  }
}
