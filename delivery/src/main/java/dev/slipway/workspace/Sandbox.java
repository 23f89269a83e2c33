package dev.slipway.workspace;

import java.nio.file.Path;

/**
 * Runs commands apart from the machine and from Slipway's own secrets. Whatever runs in it is
 * hostile: nothing it prints, writes or starts may reach outside the directory it is given.
 */
public interface Sandbox {
  /** What kind it is, for people and the audit log, such as {@code bubblewrap 0.8.0}. */
  String name();

  /** The path under which commands see the directory: build reports name files by it. */
  Path seenAs(Path directory);

  /**
   * Runs the command to its end or its bound. No process it started is alive when this returns. An
   * interrupt of the calling thread ends the command; the thread stays interrupted.
   *
   * @param directory the only place of the machine that the command may change
   */
  Execution run(Path directory, SandboxedCommand command);

  /** Ends every command that still runs in the directory, and returns when they are dead. */
  void end(Path directory);
}
