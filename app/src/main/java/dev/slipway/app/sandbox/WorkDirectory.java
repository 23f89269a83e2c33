package dev.slipway.app.sandbox;

import dev.slipway.change.Printable;
import dev.slipway.project.Command;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;

/** Where in a checkout a command runs. */
final class WorkDirectory {
  private WorkDirectory() {}

  /**
   * The command's directory relative to the checkout.
   *
   * @throws IllegalArgumentException if it is not a directory inside the checkout, reached through
   *     no link
   */
  static Path of(Path checkout, Command command) throws IOException {
    String named = "the command's directory '" + Printable.of(command.directory()) + "'";
    Path relative = Path.of(command.directory()).normalize();
    Path directory = checkout.resolve(relative).normalize();
    if (relative.isAbsolute() || !directory.startsWith(checkout.normalize())) {
      throw new IllegalArgumentException(named + " lies outside the repository");
    }
    if (!Files.isDirectory(directory, LinkOption.NOFOLLOW_LINKS)) {
      throw new IllegalArgumentException(named + " is not a directory of the repository");
    }
    if (!directory.toRealPath().startsWith(checkout.toRealPath())) {
      throw new IllegalArgumentException(named + " leads outside the repository");
    }
    return relative;
  }
}
