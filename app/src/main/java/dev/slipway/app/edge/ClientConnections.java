package dev.slipway.app.edge;

import dev.slipway.app.edge.Capacity.Bound;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpConnection;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;

/**
 * The open connections of a route's clients, bounded in number. A few more than that are let in to
 * be told to come back later.
 */
final class ClientConnections {
  /** How long a connection that is turned away may take to say what it wants. */
  private static final long TURNED_AWAY_MS = 2_000;

  private final Vertx vertx;
  private final int max;
  private final Capacity capacity;
  private final Counters counters;
  private final Set<HttpConnection> open = identities();
  private final Set<HttpConnection> turnedAway = identities();

  ClientConnections(Vertx vertx, int max, Capacity capacity, Counters counters) {
    this.vertx = vertx;
    this.max = max;
    this.capacity = capacity;
    this.counters = counters;
  }

  private static Set<HttpConnection> identities() {
    return Collections.newSetFromMap(new IdentityHashMap<>());
  }

  /**
   * A client has connected. If there are too many, its first request is to be refused; if too many
   * are being refused already, the connection is closed at once.
   */
  void welcome(HttpConnection connection) {
    connection.closeHandler(closed -> left(connection));
    if (open.size() < max && capacity.take(Bound.CONNECTIONS, 1)) {
      open.add(connection);
      return;
    }
    counters.addRefusal(Reason.CONNECTION_LIMIT);
    if (capacity.take(Bound.TURNED_AWAY, 1)) {
      turnedAway.add(connection);
      vertx.setTimer(TURNED_AWAY_MS, late -> dismiss(connection));
    } else {
      connection.close();
    }
  }

  private void dismiss(HttpConnection connection) {
    if (turnedAway.contains(connection)) {
      connection.close();
    }
  }

  /** Whether requests on the connection are to be refused. */
  boolean isTurnedAway(HttpConnection connection) {
    return turnedAway.contains(connection);
  }

  /**
   * The connection is closed. May be called again: once it carries another protocol, the library
   * does not report its end as a connection's, so who watches the other protocol has to.
   */
  void left(HttpConnection connection) {
    if (open.remove(connection)) {
      capacity.give(Bound.CONNECTIONS, 1);
    } else if (turnedAway.remove(connection)) {
      capacity.give(Bound.TURNED_AWAY, 1);
    }
  }
}
