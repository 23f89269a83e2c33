package dev.slipway.app.edge;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.http.RequestOptions;
import io.vertx.httpproxy.Body;
import io.vertx.httpproxy.MediaType;
import io.vertx.httpproxy.ProxyContext;
import io.vertx.httpproxy.ProxyInterceptor;
import io.vertx.httpproxy.ProxyResponse;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** Leads every request of a route through admission, an instance, and back to the client. */
final class Forwarder implements ProxyInterceptor {
  private static final MediaType TEXT = MediaType.parse("text/plain");
  private static final long GATHERED_BYTES_MAX = 1 << 20;
  private static final String EXCHANGE = "slipway.exchange";
  private static final Set<HttpMethod> REFUSED = Set.of(HttpMethod.CONNECT, HttpMethod.TRACE);

  private final Traffic traffic;
  private final EdgeOptions options;
  private final Capacity capacity;
  private final KeptConnections kept = new KeptConnections();
  private final ClientConnections clients;
  private final Consumer<Upstream> onRefusal;
  private final Set<Exchange> active = new HashSet<>();

  Forwarder(
      Traffic traffic,
      EdgeOptions options,
      Capacity capacity,
      ClientConnections clients,
      Consumer<Upstream> onRefusal) {
    this.traffic = traffic;
    this.options = options;
    this.capacity = capacity;
    this.clients = clients;
    this.onRefusal = onRefusal;
  }

  int inFlight() {
    return active.size();
  }

  /** Ends what has not moved for the upstream timeout. */
  void expireStalled() {
    long before = System.nanoTime() - options.upstreamTimeout().toNanos();
    List.copyOf(active).forEach(exchange -> exchange.expire(before));
  }

  @Override
  public Future<ProxyResponse> handleProxyRequest(ProxyContext context) {
    HttpServerRequest inbound = context.request().proxiedRequest();
    Admission verdict = admit(inbound);
    return switch (verdict) {
      case Admission.Refused(Reason reason) -> {
        traffic.counters().addRefusal(reason);
        yield Future.succeededFuture(instead(context, reason));
      }
      case Admission.Welcome() -> {
        Exchange exchange = new Exchange(traffic, inbound, capacity);
        active.add(exchange);
        context.set(EXCHANGE, exchange);
        prepare(context, exchange);
        yield send(context, exchange);
      }
    };
  }

  private sealed interface Admission {
    record Welcome() implements Admission {}

    record Refused(Reason reason) implements Admission {}
  }

  private Admission admit(HttpServerRequest inbound) {
    if (REFUSED.contains(inbound.method())) {
      return new Admission.Refused(Reason.METHOD_REFUSED);
    }
    List<String> hosts = inbound.headers().getAll("host");
    if (hosts.size() > 1
        || (inbound.authority() == null && inbound.version() != HttpVersion.HTTP_1_0)) {
      return new Admission.Refused(Reason.BAD_REQUEST);
    }
    if (Headers.contentLength(inbound) > options.bodyBytesMax()) {
      return new Admission.Refused(Reason.BODY_TOO_LARGE);
    }
    if (active.size() >= options.concurrentMax()) {
      return new Admission.Refused(Reason.CONCURRENCY_LIMIT);
    }
    if (!capacity.take(Capacity.Bound.REQUESTS, 1)) {
      return new Admission.Refused(Reason.EDGE_FULL);
    }
    return new Admission.Welcome();
  }

  private void prepare(ProxyContext context, Exchange exchange) {
    HttpServerRequest inbound = exchange.inbound();
    Headers.towardsInstance(context.request(), inbound);
    if (context.isWebSocket()) {
      return;
    }
    if (!Headers.hasBody(inbound)) {
      // Without a body the request can be sent again as it is.
      context.request().setBody(null);
      inbound.resume();
      return;
    }
    Metered upload =
        new Metered(
            inbound,
            new Metered.Limit(options.bodyBytesMax(), Reason.BODY_TOO_LARGE, Metered.Use.PASSED_ON),
            exchange,
            capacity);
    exchange.uploads(upload);
    context
        .request()
        .setBody(
            Body.body(
                upload,
                inbound.headers().contains("content-length") ? Headers.contentLength(inbound) : -1,
                inbound.getHeader("content-type")));
  }

  private Future<ProxyResponse> send(ProxyContext context, Exchange exchange) {
    return context
        .sendRequest()
        .recover(
            cause -> {
              if (exchange.mayRepeat()) {
                exchange.metClosedConnection();
                return send(context, exchange);
              }
              return Future.succeededFuture(failed(context, exchange));
            });
  }

  private ProxyResponse failed(ProxyContext context, Exchange exchange) {
    Reason reason = exchange.failure();
    end(exchange, () -> exchange.failed(reason));
    return instead(context, reason);
  }

  /** Answers in an instance's place. */
  private static ProxyResponse instead(ProxyContext context, Reason reason) {
    ProxyResponse response = context.request().release().response();
    response.setStatusCode(reason.code());
    response.putHeader(Reason.HEADER, reason.label());
    if (reason.code() == 503) {
      response.putHeader("retry-after", "1");
    }
    return response.setBody(Body.body(Buffer.buffer(reason.body()), TEXT));
  }

  /**
   * Finds an instance that accepts a connection. No byte of the request has been sent to one that
   * refuses, so any request may be offered to the next.
   */
  Future<HttpClientRequest> connect(ProxyContext context) {
    Exchange exchange = context.get(EXCHANGE, Exchange.class);
    Optional<Upstream> next = exchange.nextUpstream();
    if (next.isEmpty()) {
      return Future.failedFuture("nobody left to ask");
    }
    Upstream upstream = next.get();
    return context
        .client()
        .request(new RequestOptions().setServer(upstream.address()))
        .compose(
            request -> {
              if (context.isWebSocket()) {
                request.authority(exchange.inbound().authority());
              }
              exchange.sendsOn(request, kept.use(request.connection()));
              return Future.succeededFuture(request);
            },
            cause -> {
              exchange.refused();
              onRefusal.accept(upstream);
              return connect(context);
            });
  }

  @Override
  public Future<Void> handleProxyResponse(ProxyContext context) {
    ProxyResponse response = context.response();
    HttpClientResponse answer = response.proxiedResponse();
    if (answer == null) {
      return sendOwn(context);
    }
    Exchange exchange = context.get(EXCHANGE, Exchange.class);
    if (answer.statusCode() == 101) {
      return upgrade(context, exchange, answer);
    }
    Headers.towardsClient(response.headers());
    Metered download = new Metered(answer, answerLimit(exchange, response), exchange, capacity);
    exchange.downloads(download);
    Body body = response.getBody();
    response.setBody(Body.body(download, body.length(), body.mediaType()));
    int code = answer.statusCode();
    return context
        .sendResponse()
        .onSuccess(sent -> end(exchange, () -> exchange.answered(code)))
        .onFailure(
            cause -> {
              end(exchange, () -> exchange.brokeOff(code));
              exchange.inbound().connection().close();
            })
        // The head may be out already; there is nothing left to tell the client.
        .otherwiseEmpty();
  }

  /** The library gathers an answer of unknown length in memory for a client of HTTP/1.0. */
  private static Metered.Limit answerLimit(Exchange exchange, ProxyResponse response) {
    boolean gathered =
        exchange.inbound().version() == HttpVersion.HTTP_1_0 && response.getBody().length() < 0;
    return new Metered.Limit(
        gathered ? GATHERED_BYTES_MAX : Long.MAX_VALUE,
        Reason.NEEDS_HTTP_1_1,
        gathered ? Metered.Use.GATHERED : Metered.Use.PASSED_ON);
  }

  /** Sends the edge's own answer; a request still arriving is not read to its end for it. */
  private static Future<Void> sendOwn(ProxyContext context) {
    HttpServerRequest inbound = context.request().proxiedRequest();
    return context
        .response()
        .send()
        .onComplete(
            sent -> {
              if (Headers.hasBody(inbound) && !inbound.isEnded()) {
                inbound.connection().close();
              }
            });
  }

  private Future<Void> upgrade(ProxyContext context, Exchange exchange, HttpClientResponse answer) {
    active.remove(exchange);
    exchange.upgraded(answer.statusCode());
    answer
        .netSocket()
        .endHandler(
            closed -> {
              exchange.leaveUpstream();
              exchange.release();
              clients.left(exchange.inbound().connection());
            });
    return context.sendResponse();
  }

  private void end(Exchange exchange, Runnable how) {
    active.remove(exchange);
    how.run();
    exchange.release();
  }
}
