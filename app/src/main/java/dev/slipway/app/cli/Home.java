package dev.slipway.app.cli;

import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Option;

/**
 * Where the control plane keeps its state: from the option, then the environment, then the default.
 */
final class Home {
  @Option(
      names = "--home",
      paramLabel = "DIR",
      description = "Slipway's home; default: $SLIPWAY_HOME, else ~/.slipway")
  Optional<Path> option = Optional.empty();

  Path path() {
    return option
        .or(() -> Optional.ofNullable(System.getenv("SLIPWAY_HOME")).map(Path::of))
        .orElseGet(() -> Path.of(System.getProperty("user.home"), ".slipway"))
        .toAbsolutePath()
        .normalize();
  }
}
