package dev.slipway.app.cli;

import static java.util.stream.Collectors.joining;

import dev.slipway.app.ControlPlane;
import dev.slipway.app.config.ConfigError;
import dev.slipway.app.config.Parsed;
import dev.slipway.app.config.ServerConfig;
import dev.slipway.app.config.ServerConfigFile;
import dev.slipway.app.sandbox.Sandboxes;
import dev.slipway.app.sandbox.Unconfined;
import dev.slipway.app.server.Server;
import dev.slipway.workspace.Sandbox;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/**
 * A control plane to talk to: the one that already runs on the home, or one in this process, which
 * ends with the command.
 */
final class Session implements AutoCloseable {
  /** Which sandbox commands run in. */
  enum SandboxChoice {
    /** What the server's configuration says: bubblewrap, refused where it does not work. */
    AUTO,
    /** None: on record with every change. */
    NONE
  }

  /** Wherever there is room: the commands of the home find it by its file. */
  static final int FREE_PORT = 0;

  private final Deque<AutoCloseable> open;
  private final Client client;
  private final Where where;

  /** Where the control plane runs. */
  enum Where {
    HERE,
    ELSEWHERE
  }

  private Session(Client client, Where where, Deque<AutoCloseable> open) {
    this.client = client;
    this.where = where;
    this.open = open;
  }

  /** Joins the control plane that runs on the home, if one does. */
  static Optional<Session> join(Path home) {
    return ControlPlaneFile.read(home)
        .map(at -> new Session(new Client(at), Where.ELSEWHERE, new ArrayDeque<>()));
  }

  /** Joins the control plane that runs on the home, or starts one in this process. */
  static Session joinOrStart(Path home, SandboxChoice choice) {
    return join(home).orElseGet(() -> start(home, choice, configuration(home), FREE_PORT));
  }

  /** What the home's server is told, by its file and the environment. */
  static ServerConfig configuration(Path home) {
    return switch (ServerConfigFile.read(home.resolve(ServerConfigFile.NAME), System.getenv())) {
      case Parsed.Valid<ServerConfig>(ServerConfig config) -> config;
      case Parsed.Invalid<ServerConfig>(List<ConfigError> errors) ->
          throw new Stop(
              Slipway.USAGE,
              "the server's configuration is not valid\n  "
                  + errors.stream().map(ConfigError::toString).collect(joining("\n  ")));
    };
  }

  /** Starts a control plane in this process. */
  static Session start(Path home, SandboxChoice choice, ServerConfig config, int port) {
    requireLoopback(config.listen().address());
    Logging.toFile(home.resolve("slipway.log"));
    Deque<AutoCloseable> parts = new ArrayDeque<>();
    try {
      SandboxChoice chosen =
          config.sandbox() == ServerConfig.SandboxMode.NONE ? SandboxChoice.NONE : choice;
      ControlPlane controlPlane = ControlPlane.open(home, sandbox(home, chosen), config);
      parts.push(controlPlane);
      String token = ControlPlaneFile.newToken();
      Server server = Server.start(controlPlane, port, token);
      parts.push(server);
      ControlPlaneFile file =
          new ControlPlaneFile(ProcessHandle.current().pid(), server.port(), token);
      file.write(home);
      parts.push(() -> ControlPlaneFile.delete(home));
      return new Session(new Client(file), Where.HERE, parts);
    } catch (RuntimeException e) {
      closeAll(parts);
      throw e;
    }
  }

  /** There is no sign-in yet: whoever holds the token may do everything. */
  private static void requireLoopback(String address) {
    try {
      if (!InetAddress.getByName(address).isLoopbackAddress()) {
        throw new Stop(
            Slipway.USAGE,
            "listen.address is "
                + address
                + "; only a loopback address, such as 127.0.0.1, is served"
                + " until people can sign in");
      }
    } catch (UnknownHostException e) {
      throw new Stop(Slipway.USAGE, "listen.address is " + address + ", which is no address");
    }
  }

  /**
   * The sandbox of this machine; without one, nothing of a change is run unless that is said aloud.
   */
  static Sandbox sandbox(Path home, SandboxChoice choice) {
    Path scratch = home.resolve("scratch");
    return switch (choice) {
      case NONE -> new Unconfined(scratch);
      case AUTO ->
          switch (Sandboxes.detect(scratch)) {
            case Sandboxes.Detection.Available available -> available.sandbox();
            case Sandboxes.Detection.Missing missing ->
                throw new Stop(
                    Slipway.NOT_RUN,
                    missing.reason()
                        + "; mend it with\n  "
                        + missing.mend()
                        + "\nor run commands of the change without a sandbox, on record, with"
                        + " --sandbox none");
          };
    };
  }

  Client client() {
    return client;
  }

  Where where() {
    return where;
  }

  @Override
  public void close() {
    closeAll(open);
  }

  private static void closeAll(Deque<AutoCloseable> parts) {
    while (!parts.isEmpty()) {
      try {
        parts.pop().close();
      } catch (Exception e) {
        throw new IllegalStateException("the control plane does not stop", e);
      }
    }
  }
}
