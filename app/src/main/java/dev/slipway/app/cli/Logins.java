package dev.slipway.app.cli;

import dev.slipway.app.localgit.BranchPulls;
import java.nio.file.Path;
import java.util.Optional;

/** Who acts: as said, else the user of the repository's configuration, else of the machine. */
final class Logins {
  private Logins() {}

  static String of(Optional<String> said, Path repository) {
    return said.or(() -> BranchPulls.user(repository.toString()))
        .orElseGet(() -> System.getProperty("user.name"));
  }
}
