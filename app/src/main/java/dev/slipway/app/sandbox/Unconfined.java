package dev.slipway.app.sandbox;

import dev.slipway.workspace.Execution;
import dev.slipway.workspace.Execution.Ending;
import dev.slipway.workspace.Sandbox;
import dev.slipway.workspace.SandboxedCommand;
import dev.slipway.workspace.ScratchDirectory;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.UUID;

/**
 * Runs commands as the user who runs Slipway: bounded, with a scrubbed environment and killed
 * whole, but able to read and write what that user can. Only ever an explicit choice.
 */
public final class Unconfined implements Sandbox {
  private final Path scratch;
  private final Watch.Maker watches;
  private final Running running = new Running();

  /**
   * @param scratch where temporary directories are made
   */
  public Unconfined(Path scratch) {
    this(scratch, Watch::best);
  }

  Unconfined(Path scratch, Watch.Maker watches) {
    this.watches = watches;
    this.scratch = scratch;
  }

  @Override
  public String name() {
    return "none";
  }

  @Override
  public Path seenAs(Path directory) {
    return directory;
  }

  @Override
  public Execution run(Path directory, SandboxedCommand command) {
    String mark = UUID.randomUUID().toString();
    try (ScratchDirectory own = ScratchDirectory.in(scratch, "unconfined-");
        Watch watch = watches.over(command.limits(), mark)) {
      Path at = directory.resolve(WorkDirectory.of(directory, command.command()));
      Launch launch =
          new Launch(
              Launch.joining(
                  watch.joins(),
                  Launch.bounding(
                      command.limits().fileBytesMax(),
                      watch.userProcessesMax(),
                      command.command().argv())),
              List.of(),
              Environment.unconfined(command, own.path(), mark),
              at);
      Run run =
          new Run(
              launch,
              watch,
              command.command().limit(),
              command.limits(),
              new Disk(List.of(directory, own.path()), command.limits()));
      return running.toItsEnd(directory, run, new Mask(command.secrets().values()));
    } catch (IOException | IllegalArgumentException e) {
      return new Execution(
          new Ending.NotStarted(String.valueOf(e.getMessage())), "", Duration.ZERO);
    }
  }

  @Override
  public void end(Path directory) {
    running.end(directory);
  }
}
