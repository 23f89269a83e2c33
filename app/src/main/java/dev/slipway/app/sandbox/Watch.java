package dev.slipway.app.sandbox;

import dev.slipway.workspace.SandboxedCommand.Limits;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Bounds the memory and the number of one command's processes, and knows them all. */
sealed interface Watch extends AutoCloseable permits ControlGroup, ProcessTree {
  /**
   * The best one to be had here.
   *
   * @param mark the value of {@link ProcessTree#MARK} in the environment of the first process
   */
  static Watch over(Limits limits, String mark) {
    return ControlGroup.make(limits)
        .<Watch>map(group -> group)
        .orElseGet(() -> new ProcessTree(limits, mark));
  }

  /** A process joins, with what it starts later, by writing its id into each of these files. */
  List<Path> joins();

  /** Told of the command's first process as soon as it runs. */
  void started(ProcessHandle first);

  /** The bound that was hit, if one was. */
  Optional<String> boundHit();

  /**
   * Kills every process of the command, and returns when there is none.
   *
   * @throws IOException if one does not die
   */
  void kill() throws IOException;

  @Override
  void close();
}
