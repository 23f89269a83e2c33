package dev.slipway.app.store;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * Keeps a control plane with another home away from your own server's database: an advisory lock,
 * which lives as long as its session. Should the session be cut unnoticed, the journal's unique
 * sequence numbers still refuse a stale writer.
 */
final class DatabaseLock implements AutoCloseable {
  /** "slipway" in ASCII: a number that nobody else picks by chance. */
  private static final long KEY = 0x736c6970776179L;

  private final Connection session;

  private DatabaseLock(Connection session) {
    this.session = session;
  }

  static DatabaseLock take(Address address) {
    try {
      Connection session = address.connect();
      try (Statement statement = session.createStatement();
          ResultSet rows = statement.executeQuery("SELECT pg_try_advisory_lock(" + KEY + ")")) {
        rows.next();
        if (rows.getBoolean(1)) {
          return new DatabaseLock(session);
        }
      }
      session.close();
    } catch (SQLException e) {
      throw new StoreException("cannot connect as " + address + ": " + e.getMessage(), e);
    }
    throw new StoreException(
        "another control plane uses the database of "
            + address
            + ": stop it, or give this one a database of its own");
  }

  /** Lets go before the session ends: the server may notice that only a moment later. */
  @Override
  public void close() throws SQLException {
    try (session;
        Statement statement = session.createStatement()) {
      statement.execute("SELECT pg_advisory_unlock(" + KEY + ")");
    }
  }
}
