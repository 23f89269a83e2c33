package dev.slipway.app.edge;

import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.InstantSource;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * The two ports an edge has for its owner, both on the loopback address: the admin API, behind the
 * token, and {@code GET /metrics} for Prometheus, open. All routes are governed from its event
 * loop, which no route shares: a rollback is heard while all of them are overloaded.
 */
final class AdminServer extends VerticleBase {
  private static final Logger LOG = Logger.getLogger(AdminServer.class.getName());
  private static final String LOOPBACK = "127.0.0.1";
  private static final int BODY_BYTES_MAX = 256 << 10;

  private final Vertx serving;
  private final StateDirectory state;
  private final EdgeOptions options;
  private final Capacity capacity;
  private final Ports ports;
  private final byte[] authorization;
  private final InstantSource clock;
  private @Nullable EdgeAddress address;
  private @Nullable AdminApi api;

  /**
   * Where to listen; 0 means a free port.
   *
   * @param admin port of the admin API
   * @param metrics port of the metrics
   */
  record Ports(int admin, int metrics) {}

  /**
   * An admin that has not started.
   *
   * @param serving where routes run: another Vert.x than the one this is deployed in
   */
  AdminServer(
      Vertx serving,
      StateDirectory state,
      EdgeOptions options,
      Capacity capacity,
      Ports ports,
      String token,
      InstantSource clock) {
    this.serving = serving;
    this.state = state;
    this.options = options;
    this.capacity = capacity;
    this.ports = ports;
    this.authorization = ("Bearer " + token).getBytes(StandardCharsets.UTF_8);
    this.clock = clock;
  }

  @Override
  public Future<?> start() throws Exception {
    Edge edge = new Edge(vertx, serving, state, options, capacity, clock);
    HttpServer admin = listener(ports.admin()).requestHandler(this::admit);
    HttpServer metrics = listener(ports.metrics()).requestHandler(r -> metrics(edge, r));
    return edge.restore()
        .compose(restored -> Future.all(admin.listen(), metrics.listen()))
        .map(
            listening -> {
              EdgeAddress here =
                  new EdgeAddress(
                      ProcessHandle.current().pid(),
                      admin.actualPort(),
                      metrics.actualPort(),
                      clock.instant());
              address = here;
              api = new AdminApi(edge, here);
              return here;
            });
  }

  private HttpServer listener(int port) {
    return vertx.createHttpServer(
        new HttpServerOptions()
            .setHost(LOOPBACK)
            .setPort(port)
            .setIdleTimeout(60)
            .setHttp2ClearTextEnabled(false)
            .setHandle100ContinueAutomatically(true));
  }

  /** Where it listens, once it has started. */
  EdgeAddress address() {
    if (address == null) {
      throw new IllegalStateException("the edge has not started");
    }
    return address;
  }

  private void admit(HttpServerRequest request) {
    String given = String.valueOf(request.getHeader("authorization"));
    if (!MessageDigest.isEqual(given.getBytes(StandardCharsets.UTF_8), authorization)) {
      request.response().putHeader("www-authenticate", "Bearer realm=\"slipway edge\"");
      refuse(request, new Reply.Fault(401, "unauthorized", "the token is missing or wrong"));
      return;
    }
    if (request.headers().contains("transfer-encoding")) {
      refuse(request, new Reply.Fault(411, "length_required", "a body needs a content-length"));
      return;
    }
    if (Headers.contentLength(request) > BODY_BYTES_MAX) {
      String message = "a body may have at most " + BODY_BYTES_MAX + " bytes";
      refuse(request, new Reply.Fault(413, "too_large", message));
      return;
    }
    request
        .body()
        .compose(body -> answer(request, body.getBytes()))
        .otherwise(AdminServer::unexpected)
        .onSuccess(reply -> send(request, reply));
  }

  private Future<Reply> answer(HttpServerRequest request, byte[] body) {
    if (api == null) {
      return Future.succeededFuture(new Reply.Fault(503, "starting", "the edge is starting"));
    }
    try {
      String path = String.valueOf(request.path());
      return api.answer(request.method().name(), path, request.params(), body);
    } catch (IllegalArgumentException e) {
      return Future.succeededFuture(new Reply.Malformed("query", String.valueOf(e.getMessage())));
    }
  }

  private static Reply unexpected(Throwable cause) {
    LOG.log(Level.SEVERE, "the admin API failed", cause);
    return new Reply.Fault(500, "failed", String.valueOf(cause.getMessage()));
  }

  /** Answers without reading the body. */
  private static void refuse(HttpServerRequest request, Reply reply) {
    request.response().putHeader("connection", "close");
    send(request, reply).onComplete(sent -> request.connection().close());
  }

  private static Future<Void> send(HttpServerRequest request, Reply reply) {
    return request
        .response()
        .setStatusCode(reply.code())
        .putHeader("content-type", "application/json")
        .putHeader("cache-control", "no-store")
        .end(Buffer.buffer(EdgeJson.write(reply.body())));
  }

  private static void metrics(Edge edge, HttpServerRequest request) {
    if (!"/metrics".equals(request.path())) {
      request.response().setStatusCode(404).end("the metrics are at /metrics\n");
      return;
    }
    if (!"GET".equals(request.method().name())) {
      request.response().setStatusCode(405).putHeader("allow", "GET").end();
      return;
    }
    MetricsPage.render(edge)
        .onSuccess(
            page ->
                request
                    .response()
                    .putHeader("content-type", "text/plain; version=0.0.4; charset=utf-8")
                    .end(page))
        .onFailure(
            cause -> {
              LOG.log(Level.SEVERE, "the metrics failed", cause);
              request.response().setStatusCode(500).end();
            });
  }
}
