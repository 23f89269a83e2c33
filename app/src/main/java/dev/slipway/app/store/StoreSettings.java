package dev.slipway.app.store;

import java.nio.file.Path;

/**
 * Where the control plane keeps its state.
 *
 * @param home Slipway's home directory; made if it does not exist, readable by its owner only
 * @param server which PostgreSQL holds the tables
 * @param connectionsMax the most connections the control plane opens
 */
public record StoreSettings(Path home, Server server, int connectionsMax) {
  private static final int CONNECTIONS_DEFAULT = 12;

  /** A PostgreSQL server. */
  public sealed interface Server {
    /**
     * One that Slipway starts and stops itself, with its data under {@code home/postgres}.
     *
     * @param binaries directory into which the server's programs are unpacked, once per version
     */
    record Embedded(Path binaries) implements Server {}

    /** One that you run, of version 14 or newer. */
    record Own(String jdbcUrl, String user, String password) implements Server {
      public Own {
        if (!jdbcUrl.startsWith("jdbc:postgresql:")) {
          throw new IllegalArgumentException(
              "the database's URL starts with jdbc:postgresql://host:port/name");
        }
      }

      /** Without the password. */
      @Override
      public String toString() {
        return user + " at " + Address.withoutQuery(jdbcUrl);
      }
    }
  }

  public StoreSettings {
    home = home.toAbsolutePath().normalize();
    if (connectionsMax < 4 || connectionsMax > 200) {
      throw new IllegalArgumentException("connections_max must lie between 4 and 200");
    }
  }

  /** The embedded server, all of it under this home. */
  public static StoreSettings embedded(Path home) {
    return new StoreSettings(
        home, new Server.Embedded(home.resolve("postgres")), CONNECTIONS_DEFAULT);
  }

  /** Your own server; {@code home} still holds the lock and everything that is not a table. */
  public static StoreSettings own(Path home, String jdbcUrl, String user, String password) {
    return new StoreSettings(home, new Server.Own(jdbcUrl, user, password), CONNECTIONS_DEFAULT);
  }
}
