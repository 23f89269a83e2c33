package dev.slipway.app.edge;

import io.vertx.core.http.HttpConnection;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;

/** The open connections of a route's clients, bounded in number. */
final class ClientConnections {
  private final int max;
  private final Counters counters;
  private final Set<HttpConnection> open = Collections.newSetFromMap(new IdentityHashMap<>());

  ClientConnections(int max, Counters counters) {
    this.max = max;
    this.counters = counters;
  }

  /** A client has connected; if there are too many, the connection is closed at once. */
  void welcome(HttpConnection connection) {
    if (open.size() >= max) {
      counters.addRefusal(Reason.CONNECTION_LIMIT);
      connection.close();
      return;
    }
    open.add(connection);
    connection.closeHandler(closed -> left(connection));
  }

  /**
   * The connection is closed. May be called again: once it carries another protocol, the library
   * does not report its end as a connection's, so who watches the other protocol has to.
   */
  void left(HttpConnection connection) {
    open.remove(connection);
  }
}
