package dev.slipway.agents.testing;

import dev.slipway.project.Globs;
import dev.slipway.project.Service;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** A report that came with the change, or with the run before, says nothing about this run. */
final class OldReports {
  private OldReports() {}

  /** Deletes every file under the root that would be read as a report. */
  static void forget(Path root, Service.Tests tests) {
    List<String> globs = new ArrayList<>(tests.junit());
    globs.addAll(tests.coverage());
    try (Stream<Path> files = Files.walk(root)) {
      for (Path file :
          files.filter(it -> Files.isRegularFile(it, LinkOption.NOFOLLOW_LINKS)).toList()) {
        if (Globs.anyMatches(globs, root.relativize(file).toString())) {
          Files.delete(file);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot clear old reports in " + root, e);
    }
  }
}
