package dev.slipway.app.edge;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetClientOptions;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * Asks the instances of a route for their health: a GET of the health path, which must answer 200
 * to 399 in time, or, where none is configured, a connection.
 */
final class HealthChecks {
  private final Traffic traffic;
  private final EdgeOptions.Checks checks;
  private final HttpClient http;
  private final NetClient net;
  private final Set<Upstream> underway = new HashSet<>();

  HealthChecks(Vertx vertx, Traffic traffic, EdgeOptions options) {
    this.traffic = traffic;
    this.checks = options.checks();
    int timeoutMs = (int) checks.timeout().toMillis();
    this.http =
        vertx.createHttpClient(
            new HttpClientOptions()
                .setKeepAlive(false)
                .setConnectTimeout(timeoutMs)
                .setMaxHeaderSize(options.headerBytesMax()),
            new PoolOptions().setHttp1MaxSize(1));
    this.net = vertx.createNetClient(new NetClientOptions().setConnectTimeout(timeoutMs));
  }

  void checkAll() {
    traffic.members().forEach(this::check);
  }

  /** Checks an instance unless a check of it is under way. */
  void check(Upstream upstream) {
    if (!underway.add(upstream)) {
      return;
    }
    Optional<String> path = traffic.spec().healthPath();
    Future<Void> probe = path.isPresent() ? get(upstream, path.get()) : knock(upstream);
    probe.onComplete(
        ended -> {
          underway.remove(upstream);
          if (ended.succeeded()) {
            upstream.passed(checks);
          } else {
            upstream.failed(checks);
          }
        });
  }

  private Future<Void> get(Upstream upstream, String path) {
    RequestOptions options =
        new RequestOptions()
            .setServer(upstream.address())
            .setMethod(HttpMethod.GET)
            .setURI(path)
            .setTimeout(checks.timeout().toMillis());
    return http.request(options)
        .compose(
            request ->
                request
                    .putHeader("user-agent", "slipway-edge")
                    .send()
                    .compose(HealthChecks::judge)
                    .timeout(checks.timeout().toMillis(), TimeUnit.MILLISECONDS)
                    .onFailure(cause -> request.reset()));
  }

  private static Future<Void> judge(HttpClientResponse response) {
    int code = response.statusCode();
    return code >= 200 && code < 400 ? response.end() : Future.failedFuture("answered " + code);
  }

  private Future<Void> knock(Upstream upstream) {
    return net.connect(upstream.address()).compose(socket -> socket.close());
  }

  Future<Void> close() {
    return Future.join(http.close(), net.close()).mapEmpty();
  }
}
