package dev.slipway.app.store;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.slipway.app.store.StoreSettings.Server;
import java.io.IOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;

/**
 * The control plane's database. While it is open, this process is the only control plane of its
 * home and of its database; a committed transaction is on disk.
 */
public final class Database implements AutoCloseable {
  private static final Duration CONNECTION_WAIT_MAX = Duration.ofSeconds(30);

  /** What must hold of any server, or a crash could undo what was acted upon. */
  private static final List<String> DURABLE_SETTINGS = List.of("fsync", "synchronous_commit");

  /** What was opened, innermost last; closed in the opposite order. */
  private final Deque<AutoCloseable> open = new ArrayDeque<>();

  private final int connectionsMax;
  private final HikariDataSource pool;

  private Database(StoreSettings settings) throws IOException {
    this.connectionsMax = settings.connectionsMax();
    try {
      Homes.createPrivate(settings.home());
      open.push(HomeLock.take(settings.home()));
      Address address = addressOf(settings);
      requireDurable(address);
      migrate(address);
      this.pool = new HikariDataSource(poolOf(address));
      open.push(pool);
    } catch (IOException | RuntimeException e) {
      closeAll(e);
      throw e;
    }
  }

  /**
   * Opens the database: takes the home, starts or adopts the server, brings the tables up to date.
   *
   * @throws StoreException if another control plane holds the home or the database, or the server
   *     cannot be started, reached or trusted to keep what it committed
   */
  public static Database open(StoreSettings settings) {
    try {
      return new Database(settings);
    } catch (IOException e) {
      throw new StoreException("cannot open " + settings.home() + ": " + e.getMessage(), e);
    }
  }

  /** Pooled connections, in autocommit mode. */
  public DataSource dataSource() {
    return pool;
  }

  /** How many connections the pool gives out at once. */
  public int connectionsMax() {
    return connectionsMax;
  }

  private Address addressOf(StoreSettings settings) {
    return switch (settings.server()) {
      case Server.Embedded embedded -> {
        EmbeddedServer server = EmbeddedServer.open(settings.home(), embedded.binaries());
        open.push(server);
        yield server.address();
      }
      case Server.Own own -> {
        Address address = new Address(own.jdbcUrl(), own.user(), own.password());
        open.push(DatabaseLock.take(address));
        yield address;
      }
    };
  }

  private static void requireDurable(Address address) {
    try (Connection connection = address.connect();
        Statement statement = connection.createStatement()) {
      for (String setting : DURABLE_SETTINGS) {
        try (ResultSet rows = statement.executeQuery("SHOW " + setting)) {
          rows.next();
          if (rows.getString(1).equals("off")) {
            throw new StoreException(
                setting
                    + " is off at "
                    + address
                    + ": switch it on (ALTER SYSTEM SET "
                    + setting
                    + " = on; SELECT pg_reload_conf())");
          }
        }
      }
    } catch (SQLException e) {
      throw new StoreException("cannot connect as " + address + ": " + e.getMessage(), e);
    }
  }

  private static void migrate(Address address) {
    try {
      Flyway.configure(Database.class.getClassLoader())
          .dataSource(address.jdbcUrl(), address.user(), address.password())
          .locations("classpath:dev/slipway/app/store/migration")
          .load()
          .migrate();
    } catch (FlywayException e) {
      throw new StoreException(
          "cannot bring the tables up to date as " + address + ": " + e.getMessage(), e);
    }
  }

  private HikariConfig poolOf(Address address) {
    HikariConfig config = new HikariConfig();
    config.setPoolName("slipway");
    config.setJdbcUrl(address.jdbcUrl());
    config.setUsername(address.user());
    config.setPassword(address.password());
    config.setMaximumPoolSize(connectionsMax);
    config.setMinimumIdle(2);
    config.setConnectionTimeout(CONNECTION_WAIT_MAX.toMillis());
    config.addDataSourceProperty("reWriteBatchedInserts", "true");
    config.addDataSourceProperty("ApplicationName", "slipway");
    config.addDataSourceProperty("tcpKeepAlive", "true");
    return config;
  }

  /** Closes the pool, stops the embedded server and lets go of the home. */
  @Override
  public void close() {
    StoreException failure = new StoreException("the database was not closed cleanly");
    closeAll(failure);
    if (failure.getSuppressed().length > 0) {
      throw failure;
    }
  }

  private void closeAll(Exception failure) {
    while (!open.isEmpty()) {
      try {
        open.pop().close();
      } catch (Exception e) {
        failure.addSuppressed(e);
      }
    }
  }
}
