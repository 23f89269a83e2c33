package dev.slipway.app.edge;

import io.vertx.core.http.HttpConnection;
import java.util.Collections;
import java.util.Set;
import java.util.WeakHashMap;

/** Remembers which connections to instances have carried a request before. */
final class KeptConnections {
  private final Set<HttpConnection> used = Collections.newSetFromMap(new WeakHashMap<>());

  /** Whether a connection is new. */
  enum Age {
    /** Opened for this request. */
    FRESH,
    /** Kept open after an earlier request. */
    KEPT
  }

  /** Notes that a request is sent on the connection; says what it was until now. */
  Age use(HttpConnection connection) {
    return used.add(connection) ? Age.FRESH : Age.KEPT;
  }
}
