package dev.slipway.app.demo;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * The sample's builds run offline, so everything they need has to be in Maven's local repository
 * first: the base is built once here, online only if it cannot be done offline.
 */
final class MavenCache {
  private MavenCache() {}

  /**
   * Builds the base in its working tree.
   *
   * @throws IllegalStateException if it cannot be built online either
   */
  static void warm(Programs programs, Path checkout, Consumer<String> say)
      throws InterruptedException {
    Map<String, String> environment = Map.of("JAVA_HOME", System.getProperty("java.home"));
    Programs.Ended offline =
        programs.run(checkout, environment, List.of("mvn", "-o", "-q", "-B", "verify"));
    if (offline.exitCode() != 0) {
      say.accept("  Maven lacks something offline: fetching it once (mvn -q -B verify)");
      programs.require(checkout, environment, List.of("mvn", "-q", "-B", "verify"));
    }
  }
}
