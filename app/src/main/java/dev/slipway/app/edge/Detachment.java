package dev.slipway.app.edge;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * How a process is cut loose from the one that starts it, so that neither a Ctrl-C nor a closed
 * terminal reaches it.
 */
final class Detachment {
  /** Ignored signals stay ignored across exec, and a JVM respects those it finds ignored. */
  private static final String DEAF_TO_TERMINAL = "trap '' HUP INT; exec \"$@\"";

  private Detachment() {}

  /** What to put before a command: {@code setsid} where there is one, else a deafened shell. */
  static List<String> prefix() {
    return prefix(System.getenv().getOrDefault("PATH", "/usr/bin:/bin"));
  }

  static List<String> prefix(String path) {
    return Stream.of(path.split(":"))
        .filter(part -> !part.isEmpty())
        .map(part -> Path.of(part).resolve("setsid"))
        .filter(Files::isExecutable)
        .findFirst()
        .map(setsid -> List.of(setsid.toString()))
        .orElse(List.of("/bin/sh", "-c", DEAF_TO_TERMINAL, "sh"));
  }
}
