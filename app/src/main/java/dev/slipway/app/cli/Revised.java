package dev.slipway.app.cli;

import dev.slipway.app.localgit.Revisions;
import dev.slipway.change.CommitId;
import dev.slipway.change.Printable;
import java.nio.file.Files;
import java.nio.file.Path;

/** A repository and its commits, as the words of a command name them. */
final class Revised {
  private Revised() {}

  /** The absolute path of a repository; a command ends here where there is none. */
  static String repository(Path directory) {
    Path there = directory.toAbsolutePath().normalize();
    if (!Files.isDirectory(there)) {
      throw new Stop(Slipway.USAGE, "there is no directory " + there);
    }
    if (isRepository(there)) {
      return there.toString();
    }
    for (Path above = there.getParent(); above != null; above = above.getParent()) {
      if (isRepository(above)) {
        throw new Stop(
            Slipway.USAGE,
            there + " is a part of the git repository " + above + ": say --repo " + above);
      }
    }
    throw new Stop(Slipway.USAGE, there + " is not a git repository");
  }

  private static boolean isRepository(Path directory) {
    return Files.exists(directory.resolve(".git"))
        || Files.isRegularFile(directory.resolve("HEAD"))
            && Files.isDirectory(directory.resolve("objects"));
  }

  /** The commit of a revision; a command ends here where there is none. */
  static CommitId commit(String repository, String revision) {
    return Revisions.resolve(repository, revision)
        .orElseThrow(
            () -> new Stop(Slipway.USAGE, repository + " has no commit " + Printable.of(revision)));
  }
}
