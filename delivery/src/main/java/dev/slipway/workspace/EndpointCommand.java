package dev.slipway.workspace;

import dev.slipway.change.CommitId;
import dev.slipway.policy.Check;
import dev.slipway.project.Command;
import java.net.URI;
import java.util.HashMap;
import java.util.Map;

/**
 * Runs a command of the configuration against a deployed version: {@code ${BASE_URL}} stands for
 * where it answers. It may reach the network, for without it it could not reach the version.
 */
public final class EndpointCommand {
  private static final int TAIL_LINES = 12;

  private final Workspace workspace;

  public EndpointCommand(Workspace workspace) {
    this.workspace = workspace;
  }

  /** Runs it in a fresh checkout; passed means that it ended by itself with 0. */
  public Check run(String name, String repository, CommitId commit, Command command, URI endpoint) {
    try (Workspace.Checkout checkout = workspace.checkout(repository, commit)) {
      Execution execution = checkout.run(SandboxedCommand.of(addressed(command, endpoint)));
      return switch (execution.ending()) {
        case Execution.Ending.Exited(int code) when code == 0 ->
            new Check(name, Check.Outcome.PASSED, execution.describe());
        case Execution.Ending.Exited ignored ->
            new Check(
                name,
                Check.Outcome.FAILED,
                execution.describe() + ": " + execution.lastLines(TAIL_LINES));
        case Execution.Ending.Bounded ignored ->
            new Check(name, Check.Outcome.FAILED, execution.describe());
        case Execution.Ending.NotStarted ignored ->
            new Check(name, Check.Outcome.NOT_RUN, execution.describe());
      };
    }
  }

  private static Command addressed(Command command, URI endpoint) {
    Map<String, String> env = new HashMap<>();
    command.env().forEach((key, value) -> env.put(key, replaced(value, endpoint)));
    env.put("BASE_URL", endpoint.toString());
    return new Command(
        command.argv().stream().map(word -> replaced(word, endpoint)).toList(),
        env,
        command.directory(),
        Command.Network.OPEN,
        command.caches(),
        command.limit());
  }

  private static String replaced(String text, URI endpoint) {
    return text.replace("${BASE_URL}", endpoint.toString());
  }
}
