package dev.slipway.ledger;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Reads a log's files from a directory. Links and devices in it are refused: the directory may come
 * from a stranger, and what is behind them may be anything, or never end.
 */
final class DirectorySource implements TileSource {
  private final Path directory;

  DirectorySource(Path directory) {
    this.directory = directory;
  }

  @Override
  public Optional<byte[]> read(String path) throws IOException {
    Path file = directory.resolve(path);
    if (!file.normalize().startsWith(directory.normalize())) {
      throw new IOException("'" + Printable.of(path) + "' leads out of " + directory);
    }
    if (!isFile(file)) {
      return Optional.empty();
    }
    try (InputStream in = Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS)) {
      byte[] bytes = in.readNBytes(MAX_BYTES + 1);
      if (bytes.length > MAX_BYTES) {
        throw new IOException(file + " is larger than " + MAX_BYTES + " bytes");
      }
      return Optional.of(bytes);
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
  }

  /** Whether there is such a file; what is neither a file nor missing is refused. */
  private static boolean isFile(Path path) throws IOException {
    try {
      BasicFileAttributes attributes =
          Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
      requireFile(path, attributes);
      return true;
    } catch (NoSuchFileException e) {
      return false;
    }
  }

  private static void requireFile(Path path, BasicFileAttributes attributes) throws IOException {
    if (!attributes.isRegularFile()) {
      throw new IOException(Printable.of(path.toString()) + " is not a file of a log");
    }
  }

  @Override
  public List<String> list() throws IOException {
    List<String> paths = new ArrayList<>();
    Files.walkFileTree(
        directory,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            requireFile(file, attributes);
            paths.add(directory.relativize(file).toString());
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFileFailed(Path file, IOException failure)
              throws IOException {
            // The writer of a live log deletes partial tiles whose full ones it has written.
            if (failure instanceof NoSuchFileException) {
              return FileVisitResult.CONTINUE;
            }
            throw failure;
          }
        });
    return paths;
  }
}
