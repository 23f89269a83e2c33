package dev.slipway.app.store;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Base64;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A PostgreSQL server under Slipway's home. It is a process of its own: it outlives a control plane
 * that is killed and is adopted by the next one. The caller holds the {@link HomeLock}.
 */
final class EmbeddedServer implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(EmbeddedServer.class);
  private static final String MAJOR_VERSION = "18";
  private static final String USER = "slipway";
  private static final Duration START_LIMIT = Duration.ofSeconds(60);
  private static final Duration STOP_LIMIT = Duration.ofSeconds(60);
  private static final int START_ATTEMPTS_MAX = 3;

  private final Path directory;
  private final Path data;
  private final Programs programs;
  private final String password;
  private final int port;

  private EmbeddedServer(Path directory, Programs programs, String password) throws IOException {
    this.directory = directory;
    this.data = directory.resolve("data");
    this.programs = programs;
    this.password = password;
    requireMajorVersion();
    Optional<Postmaster> running = Postmaster.of(data);
    if (running.isPresent() && adopt(running.get())) {
      this.port = running.get().port();
    } else {
      clearAway(running);
      this.port = start();
    }
  }

  /** A server that answers, on the data under {@code home/postgres}; made if there is none. */
  static EmbeddedServer open(Path home, Path binaries) {
    requirePlain(home);
    requirePlain(binaries);
    Path directory = home.resolve("postgres");
    try {
      Homes.createPrivate(directory);
      Programs programs = new Programs(Binaries.unpackInto(binaries), directory);
      String password = password(directory);
      if (!Files.isDirectory(directory.resolve("data"))) {
        initialize(directory, programs);
      }
      return new EmbeddedServer(directory, programs, password);
    } catch (IOException e) {
      throw new StoreException(
          "cannot start PostgreSQL in " + directory + ": " + e.getMessage(), e);
    }
  }

  Address address() {
    return addressAt(port);
  }

  private Address addressAt(int port) {
    return new Address("jdbc:postgresql://127.0.0.1:" + port + "/slipway", USER, password);
  }

  /** {@code pg_ctl} hands paths to a shell, so they must not mean anything to one. */
  private static void requirePlain(Path path) {
    if (path.toString().chars().anyMatch(c -> "\"$`\\\n".indexOf(c) >= 0)) {
      throw new StoreException(
          path + ": PostgreSQL cannot run under a path with quotes, $, ` or \\");
    }
  }

  private static String password(Path directory) throws IOException {
    Path file = directory.resolve("password");
    if (!Files.exists(file)) {
      byte[] random = new byte[32];
      new SecureRandom().nextBytes(random);
      Path fresh =
          Files.createTempFile(
              directory,
              "password-",
              "",
              PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
      Files.writeString(
          fresh, Base64.getUrlEncoder().withoutPadding().encodeToString(random) + "\n");
      Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
    }
    return Files.readString(file, StandardCharsets.US_ASCII).strip();
  }

  /** Makes the data directory; it appears under its name only when it is complete. */
  private static void initialize(Path directory, Programs programs) throws IOException {
    LOG.info("Making a PostgreSQL data directory under {}", directory);
    Path fresh = directory.resolve("data.new");
    Trees.delete(fresh);
    programs.run(
        START_LIMIT,
        "",
        "initdb",
        "--pgdata=" + fresh,
        "--username=" + USER,
        "--pwfile=" + directory.resolve("password"),
        "--auth=scram-sha-256",
        "--encoding=UTF8",
        "--locale-provider=builtin",
        "--builtin-locale=C.UTF-8",
        "--locale=C",
        "--no-instructions");
    programs.run(
        START_LIMIT,
        "CREATE DATABASE slipway;\n",
        "postgres",
        "--single",
        "-D",
        fresh.toString(),
        "postgres");
    Files.move(fresh, directory.resolve("data"), StandardCopyOption.ATOMIC_MOVE);
  }

  private void requireMajorVersion() throws IOException {
    String version = Files.readString(data.resolve("PG_VERSION")).strip();
    if (!version.equals(MAJOR_VERSION)) {
      throw new StoreException(
          data
              + " was written by PostgreSQL "
              + version
              + ", and this Slipway brings "
              + MAJOR_VERSION
              + ": run the Slipway that wrote it, or move the data with pg_upgrade");
    }
  }

  /**
   * Takes over the server that a killed control plane left behind. Whatever its last transactions
   * were, they have ended when this returns.
   */
  private boolean adopt(Postmaster running) {
    if (running.process().isEmpty()) {
      return false;
    }
    try (Connection connection = addressAt(running.port()).connect();
        Statement statement = connection.createStatement()) {
      if (!data.toRealPath().equals(Path.of(one(statement, "SHOW data_directory")).toRealPath())) {
        return false;
      }
      one(
          statement,
          "SELECT count(pg_terminate_backend(pid, 10000)) FROM pg_stat_activity"
              + " WHERE backend_type = 'client backend' AND pid <> pg_backend_pid()");
      LOG.info("Adopted the PostgreSQL server with process id {}", running.pid());
      return true;
    } catch (SQLException | IOException e) {
      LOG.warn(
          "The PostgreSQL server with process id {} is not usable and is stopped: {}",
          running.pid(),
          e.getMessage());
      return false;
    }
  }

  private static String one(Statement statement, String query) throws SQLException {
    try (ResultSet rows = statement.executeQuery(query)) {
      rows.next();
      return rows.getString(1);
    }
  }

  /** Stops what runs on the data directory, or removes the trace of what no longer does. */
  private void clearAway(Optional<Postmaster> running) throws IOException {
    if (running.flatMap(Postmaster::process).isPresent()) {
      stop();
    }
    Files.deleteIfExists(data.resolve("postmaster.pid"));
  }

  private int start() throws IOException {
    Path log = directory.resolve("server.log");
    for (int attempt = 1; ; attempt++) {
      int candidate = freePort();
      Files.writeString(
          data.resolve("postgresql.conf"), ServerConfiguration.listeningOn(candidate));
      Files.deleteIfExists(log);
      try {
        programs.run(
            START_LIMIT, "", "pg_ctl", "start", "-s", "-w", "-D", data + "", "-l", log + "");
        return candidate;
      } catch (StoreException e) {
        String why = Programs.tail(log);
        if (attempt == START_ATTEMPTS_MAX || !why.contains("could not bind")) {
          throw new StoreException(
              "PostgreSQL does not start in " + directory + ": " + e.getMessage() + "\n" + why, e);
        }
      }
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private void stop() {
    programs.run(STOP_LIMIT, "", "pg_ctl", "stop", "-s", "-w", "-m", "fast", "-D", data + "");
  }

  /** Stops the server; every committed transaction is on disk, as it was before. */
  @Override
  public void close() {
    stop();
  }
}
