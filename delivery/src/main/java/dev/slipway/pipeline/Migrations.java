package dev.slipway.pipeline;

import dev.slipway.audit.AuditRecord.Decision;
import dev.slipway.audit.Recorded;
import dev.slipway.change.Slot;
import dev.slipway.policy.Reason;
import dev.slipway.project.Command;
import dev.slipway.project.Secrets;
import dev.slipway.project.Service;
import dev.slipway.workspace.Execution;
import dev.slipway.workspace.SandboxedCommand;
import dev.slipway.workspace.Workspace;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Runs the commands that bring databases to what a candidate needs, from the candidate's files and
 * by the base branch's configuration. A command may be run again after a crash.
 */
final class Migrations {
  /** Tells the command which environment it is for. */
  private static final String ENVIRONMENT = "ENVIRONMENT";

  private static final int TAIL_LINES = 12;

  private final Workspace workspace;
  private final Context context;
  private final Secrets secrets;

  Migrations(Workspace workspace, Context context, Secrets secrets) {
    this.workspace = workspace;
    this.context = context;
    this.secrets = secrets;
  }

  /** Whether there is a command for the slot. */
  boolean concern(ChangeState state, Slot slot) {
    return context.service(state, slot.service()).migrate().isPresent();
  }

  /** Runs the slot's command, if there is one. What it did to its end is never taken back. */
  Result run(ChangeState state, Slot slot, Recorded<Decision> permit) {
    if (!permit.record().slots().contains(slot)) {
      throw new IllegalArgumentException(
          "the recorded decision " + permit.record().key() + " does not permit migrating " + slot);
    }
    Service service = context.service(state, slot.service());
    Optional<Command> command = service.migrate();
    return command.isEmpty()
        ? new Result.Moved(Map.of())
        : run(state, slot, service, command.get());
  }

  private Result run(ChangeState state, Slot slot, Service service, Command command) {
    Service.SecretUse use = Service.SecretUse.in(slot.environment());
    try (Workspace.Checkout checkout =
        workspace.checkout(state.pull().repository(), state.theCandidate().commit())) {
      Execution execution =
          checkout.run(
              new SandboxedCommand(
                  addressed(command, slot),
                  secrets.of(service, use),
                  SandboxedCommand.Limits.DEFAULT));
      return execution.succeeded()
          ? new Result.Moved(Map.of())
          : hindered(
              "migration.failed",
              slot.toString(),
              execution.describe() + ": " + execution.lastLines(TAIL_LINES));
    } catch (Secrets.MissingSecret e) {
      return hindered("secret.missing", "secrets", String.valueOf(e.getMessage()));
    }
  }

  private static Result hindered(String rule, String subject, String message) {
    return new Result.Hindered(List.of(new Reason(rule, subject, message)));
  }

  /** With a network: without one it could not reach a database. */
  private static Command addressed(Command command, Slot slot) {
    Map<String, String> env = new TreeMap<>(command.env());
    env.put(ENVIRONMENT, slot.environment().name());
    return new Command(
        command.argv(),
        env,
        command.directory(),
        Command.Network.OPEN,
        command.caches(),
        command.limit());
  }
}
