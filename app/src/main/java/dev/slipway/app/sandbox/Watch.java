package dev.slipway.app.sandbox;

import dev.slipway.workspace.SandboxedCommand.Limits;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Bounds the memory and the number of one command's processes, and knows them all. The number is
 * always held by the kernel: a fork bomb is faster than anything that looks and then acts.
 */
sealed interface Watch extends AutoCloseable permits ControlGroup, ProcessTree {
  /** How a command's watch is made. */
  interface Maker {
    /**
     * One for a new command.
     *
     * @param mark the value of {@link ProcessTree#MARK} in the environment of the first process
     * @throws IOException if the command's processes cannot be bounded here
     */
    Watch over(Limits limits, String mark) throws IOException;
  }

  /** A control group where this process may make one, else {@link #withoutControlGroups}. */
  static Watch best(Limits limits, String mark) throws IOException {
    Optional<ControlGroup> group = ControlGroup.make(limits);
    return group.isPresent() ? group.get() : withoutControlGroups(limits, mark);
  }

  /**
   * By the resource limit of an ordinary user. The kernel exempts root from that limit.
   *
   * @throws IOException if this process is root
   */
  static Watch withoutControlGroups(Limits limits, String mark) throws IOException {
    if (OwnUser.isRoot()) {
      throw new IOException(
          "nothing bounds the number of a command's processes: root is exempt from resource limits"
              + " and /sys/fs/cgroup is not writable; run Slipway as an ordinary user, or make"
              + " control groups writable");
    }
    return new ProcessTree(limits, mark);
  }

  /** A process joins, with what it starts later, by writing its id into each of these files. */
  List<Path> joins();

  /** The limit on the user's processes under which the command starts, where that is the bound. */
  OptionalLong userProcessesMax() throws IOException;

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
