package dev.slipway.app.edge;

import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One request on its way through, from its assignment to an arm until it has ended and is counted,
 * once. Touched on the route's event loop only.
 */
final class Exchange {
  /** Instances of one arm that a request is offered to: the first and one more. */
  private static final int TRIES_PER_ARM = 2;

  /** An instance that drops its idle connections drops many at once; each is met only once. */
  private static final int CLOSED_CONNECTIONS_MAX = 16;

  private static final Set<HttpMethod> REPEATABLE =
      Set.of(HttpMethod.GET, HttpMethod.HEAD, HttpMethod.OPTIONS);

  private final Traffic traffic;
  private final HttpServerRequest inbound;
  private final Capacity capacity;
  private final CounterSet set;
  private final Arm assigned;
  private final long startedNanos = System.nanoTime();
  private final Set<Upstream> refusedBy = new HashSet<>(2);
  private Arm serving;
  private int tries;
  private int closedConnections;
  private long movedNanos = startedNanos;
  private @Nullable Upstream upstream;
  private @Nullable HttpClientRequest outgoing;
  private KeptConnections.Age connection = KeptConnections.Age.FRESH;
  private @Nullable Metered upload;
  private @Nullable Metered download;
  private @Nullable Reason fault;
  private boolean counted;
  private boolean released;

  /** The caller has taken one of {@link Capacity.Bound#REQUESTS} for it. */
  Exchange(Traffic traffic, HttpServerRequest inbound, Capacity capacity) {
    this.traffic = traffic;
    this.inbound = inbound;
    this.capacity = capacity;
    this.set = traffic.set();
    this.assigned = traffic.assign();
    this.serving = assigned;
  }

  HttpServerRequest inbound() {
    return inbound;
  }

  void moved() {
    movedNanos = System.nanoTime();
  }

  void uploads(Metered body) {
    upload = body;
  }

  void downloads(Metered body) {
    download = body;
    moved();
  }

  /**
   * The next instance to offer the request to: of its arm first, then, for a canary request, of the
   * stable arm. Empty when there is nobody left to ask.
   */
  Optional<Upstream> nextUpstream() {
    leaveUpstream();
    Optional<Upstream> next = choose();
    next.ifPresent(
        chosen -> {
          if (tries > 1 || closedConnections > 0) {
            traffic.counters().addRetry(set, assigned);
          }
          upstream = chosen;
          chosen.enter();
        });
    return next;
  }

  private Optional<Upstream> choose() {
    if (tries < TRIES_PER_ARM && traffic.hasRoom(serving)) {
      tries++;
      Optional<Upstream> found = traffic.pool(serving).next(refusedBy);
      if (found.isPresent()) {
        return found;
      }
    }
    if (serving == Arm.CANARY) {
      serving = Arm.STABLE;
      tries = 0;
      return choose();
    }
    return Optional.empty();
  }

  /** The chosen instance did not accept a connection. */
  void refused() {
    if (upstream != null) {
      upstream.refused();
      refusedBy.add(upstream);
    }
  }

  void sendsOn(HttpClientRequest request, KeptConnections.Age age) {
    outgoing = request;
    connection = age;
    if (fault != null) {
      request.reset();
    }
  }

  /**
   * Whether the request, having failed without an answer, may be sent again. Only one without a
   * body and without effect, and only if it met a kept connection, which the instance may have
   * closed just as the request was on its way: an instance that drops fresh connections is broken
   * and is counted so.
   */
  boolean mayRepeat() {
    return connection == KeptConnections.Age.KEPT
        && upload == null
        && REPEATABLE.contains(inbound.method())
        && closedConnections < CLOSED_CONNECTIONS_MAX
        && fault == null
        && !inbound.response().closed();
  }

  /** The kept connection was a closed one: the instance was never asked. */
  void metClosedConnection() {
    closedConnections++;
    tries--;
  }

  /** Ends the request if nothing has moved since {@code beforeNanos}. */
  void expire(long beforeNanos) {
    if (movedNanos - beforeNanos >= 0) {
      return;
    }
    if (fault == null) {
      moved();
      abort(stalledBy());
    } else {
      // It was broken off a whole timeout ago and still hangs on its client.
      inbound.connection().close();
    }
  }

  private Reason stalledBy() {
    if (download != null) {
      return download.flow() == Metered.Flow.HELD ? Reason.CLIENT_GONE : Reason.UPSTREAM_TIMEOUT;
    }
    boolean uploading = upload != null && upload.flow() == Metered.Flow.RUNNING;
    return uploading ? Reason.CLIENT_TIMEOUT : Reason.UPSTREAM_TIMEOUT;
  }

  /** Breaks off towards the instance; the reason is what the client is told and what is counted. */
  void abort(Reason reason) {
    if (fault != null) {
      return;
    }
    fault = reason;
    if (outgoing != null) {
      outgoing.reset();
    }
  }

  /** Why the request failed before an answer came. */
  Reason failure() {
    if (fault != null) {
      return fault;
    }
    if (inbound.response().closed()) {
      return Reason.CLIENT_GONE;
    }
    if (outgoing != null) {
      return Reason.UPSTREAM_BROKE_OFF;
    }
    return refusedBy.isEmpty() ? Reason.NO_HEALTHY_INSTANCE : Reason.CONNECT_FAILURE;
  }

  /** The answer has been passed on in full. */
  void answered(int code) {
    count(code >= 500 ? Result.STATUS_5XX : Result.ANSWERED, code);
    leaveUpstream();
  }

  /** The connection has been handed over to another protocol; the instance stays busy with it. */
  void upgraded(int code) {
    count(Result.ANSWERED, code);
  }

  /** The answer broke off after it had begun. */
  void brokeOff(int code) {
    boolean upstreamFailed = download != null && download.flow() == Metered.Flow.FAILED;
    if (fault != null) {
      count(fault.result(), code);
    } else {
      count(upstreamFailed ? Result.BROKEN : Result.CLIENT_GONE, code);
    }
    leaveUpstream();
  }

  /** The edge answered in the instance's place. */
  void failed(Reason reason) {
    count(reason.result(), reason.code());
    leaveUpstream();
  }

  /** The instance is free of this request. May be called again. */
  void leaveUpstream() {
    if (upstream != null) {
      upstream.leave();
      traffic.left(upstream);
      upstream = null;
    }
  }

  /** Gives back what it held of the edge's memory. May be called again. */
  void release() {
    if (released) {
      return;
    }
    released = true;
    capacity.give(Capacity.Bound.REQUESTS, 1);
    if (upload != null) {
      upload.release();
    }
    if (download != null) {
      download.release();
    }
  }

  private void count(Result result, int code) {
    if (counted) {
      return;
    }
    counted = true;
    traffic
        .counters()
        .add(set, assigned, attributed(result), code, System.nanoTime() - startedNanos);
  }

  /** What the other arm did for this one is this one's failure, however it went. */
  private Result attributed(Result result) {
    return switch (result) {
      case NO_INSTANCE, CONNECT_FAILURE -> result;
      case ANSWERED, CLIENT_GONE, CLIENT_FAULT, STATUS_5XX, TIMEOUT, BROKEN, DIVERTED ->
          serving == assigned ? result : Result.DIVERTED;
    };
  }
}
