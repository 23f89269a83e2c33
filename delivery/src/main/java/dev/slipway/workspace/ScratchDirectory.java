package dev.slipway.workspace;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * A directory of its own, readable by its owner only, deleted when it is closed, whatever hostile
 * code left in it: directories without permissions, or nested deeper than a path can be long.
 */
public final class ScratchDirectory implements AutoCloseable {
  private final Path path;

  private ScratchDirectory(Path path) {
    this.path = path;
  }

  /** A fresh one inside {@code parent}, which is made if need be. */
  public static ScratchDirectory in(Path parent, String prefix) throws IOException {
    Files.createDirectories(parent);
    return new ScratchDirectory(Files.createTempDirectory(parent.toRealPath(), prefix));
  }

  /** Its absolute path without links. */
  public Path path() {
    return path;
  }

  /** Deletes it with all it holds; links are deleted, not followed. Closing again does nothing. */
  @Override
  public void close() {
    try {
      if (Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
        delete();
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot delete " + path, e);
    }
  }

  /** Every directory is moved to the top before it is emptied, so that no path grows. */
  private void delete() throws IOException {
    Path graves = Files.createTempDirectory(path.getParent(), "deleting-");
    Deque<Path> doomed = new ArrayDeque<>();
    long moved = 0;
    doomed.push(Files.move(path, graves.resolve(Long.toString(moved++))));
    while (!doomed.isEmpty()) {
      Path directory = doomed.pop();
      Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwx------"));
      try (DirectoryStream<Path> children = Files.newDirectoryStream(directory)) {
        for (Path child : children) {
          if (Files.isDirectory(child, LinkOption.NOFOLLOW_LINKS)) {
            // Renaming a directory needs write permission on it, to change its parent entry.
            Files.setPosixFilePermissions(child, PosixFilePermissions.fromString("rwx------"));
            doomed.push(Files.move(child, graves.resolve(Long.toString(moved++))));
          } else {
            Files.delete(child);
          }
        }
      }
      Files.delete(directory);
    }
    Files.delete(graves);
  }
}
