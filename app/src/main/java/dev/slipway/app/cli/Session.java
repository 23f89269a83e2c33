package dev.slipway.app.cli;

import dev.slipway.app.ControlPlane;
import dev.slipway.app.sandbox.Sandboxes;
import dev.slipway.app.sandbox.Unconfined;
import dev.slipway.app.server.Server;
import dev.slipway.policy.Thresholds;
import dev.slipway.workspace.Sandbox;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/**
 * A control plane to talk to: the one that already runs on the home, or one in this process, which
 * ends with the command.
 */
final class Session implements AutoCloseable {
  /** Which sandbox commands run in. */
  enum SandboxChoice {
    /** Bubblewrap; refused where it does not work. */
    AUTO,
    /** None: on record with every change. */
    NONE
  }

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
    return join(home).orElseGet(() -> start(home, choice, 0));
  }

  /** Starts a control plane in this process. */
  static Session start(Path home, SandboxChoice choice, int port) {
    Logging.toFile(home.resolve("slipway.log"));
    Deque<AutoCloseable> parts = new ArrayDeque<>();
    try {
      ControlPlane controlPlane =
          ControlPlane.open(home, sandbox(home, choice), Thresholds.DEFAULT);
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

  /**
   * The sandbox of this machine; without one, nothing of a change is run unless that is said aloud.
   */
  private static Sandbox sandbox(Path home, SandboxChoice choice) {
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
