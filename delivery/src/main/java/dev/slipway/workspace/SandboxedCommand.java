package dev.slipway.workspace;

import dev.slipway.project.Command;
import java.util.Map;

/**
 * A command with what it is handed and what it is held to.
 *
 * @param secrets values added to its environment; masked in its output
 * @param limits bounds that end it
 */
public record SandboxedCommand(Command command, Map<String, String> secrets, Limits limits) {
  public SandboxedCommand {
    secrets = Map.copyOf(secrets);
  }

  /** The command with default bounds and no secrets. */
  public static SandboxedCommand of(Command command) {
    return new SandboxedCommand(command, Map.of(), Limits.DEFAULT);
  }

  @Override
  public String toString() {
    return command + " with secrets " + secrets.keySet() + ", " + limits;
  }

  /** Bounds on a command: memory and disk in bytes, processes and threads, kept output in bytes. */
  public record Limits(
      long memoryBytesMax, int processesMax, long outputBytesMax, long fileBytesMax) {
    public static final Limits DEFAULT = new Limits(4L << 30, 1024, 4L << 20, 4L << 30);
  }
}
