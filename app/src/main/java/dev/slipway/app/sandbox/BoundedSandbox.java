package dev.slipway.app.sandbox;

import dev.slipway.workspace.Execution;
import dev.slipway.workspace.Sandbox;
import dev.slipway.workspace.SandboxedCommand;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Semaphore;

/**
 * A sandbox in which only so many commands run at once, so that many changes do not starve one
 * another; the others wait in the order in which they came. A command's time limit counts from when
 * it starts.
 */
public final class BoundedSandbox implements Sandbox {
  private final Sandbox sandbox;
  private final Semaphore free;

  /**
   * @param commandsMax how many commands run at once, at least 1
   */
  public BoundedSandbox(Sandbox sandbox, int commandsMax) {
    if (commandsMax < 1) {
      throw new IllegalArgumentException("commands_max is at least 1");
    }
    this.sandbox = sandbox;
    this.free = new Semaphore(commandsMax, true);
  }

  @Override
  public String name() {
    return sandbox.name();
  }

  @Override
  public Path seenAs(Path directory) {
    return sandbox.seenAs(directory);
  }

  @Override
  public Execution run(Path directory, SandboxedCommand command) {
    try {
      free.acquire();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new Execution(
          new Execution.Ending.NotStarted("interrupted before its turn"), "", Duration.ZERO);
    }
    try {
      return sandbox.run(directory, command);
    } finally {
      free.release();
    }
  }

  @Override
  public void end(Path directory) {
    sandbox.end(directory);
  }
}
