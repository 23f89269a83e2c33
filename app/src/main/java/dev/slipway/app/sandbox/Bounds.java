package dev.slipway.app.sandbox;

import dev.slipway.workspace.SandboxedCommand.Limits;
import java.time.Duration;

/** How a bound that was hit is named. */
final class Bounds {
  private Bounds() {}

  static String memory(Limits limits) {
    return "memory of " + bytes(limits.memoryBytesMax());
  }

  static String processes(Limits limits) {
    return limits.processesMax() + " processes and threads";
  }

  static String time(Duration limit) {
    return "time limit of " + limit.toMillis() / 1000.0 + " s";
  }

  static String file(Limits limits) {
    return "file size of " + bytes(limits.fileBytesMax());
  }

  static String disk(Limits limits) {
    return "files of " + bytes(limits.fileBytesMax()) + " together";
  }

  private static String bytes(long count) {
    return count % (1 << 20) == 0 ? (count >> 20) + " MiB" : count + " bytes";
  }
}
