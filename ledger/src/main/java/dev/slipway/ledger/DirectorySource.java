package dev.slipway.ledger;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

/** Reads a log's files from a directory. */
final class DirectorySource implements TileSource {
  /** A full bundle of the longest entries; nothing else in the static layout is larger. */
  static final int MAX_FILE_BYTES = TilePath.WIDTH * (2 + Ledger.MAX_ENTRY_BYTES);

  private final Path directory;

  DirectorySource(Path directory) {
    this.directory = directory;
  }

  @Override
  public Optional<byte[]> read(String path) throws IOException {
    Path file = directory.resolve(path);
    try (InputStream in = Files.newInputStream(file)) {
      byte[] bytes = in.readNBytes(MAX_FILE_BYTES + 1);
      if (bytes.length > MAX_FILE_BYTES) {
        throw new IOException(file + " is larger than " + MAX_FILE_BYTES + " bytes");
      }
      return Optional.of(bytes);
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
  }

  @Override
  @SuppressWarnings("StreamResourceLeak") // the caller closes the stream it gets
  public Stream<String> list() throws IOException {
    return Files.walk(directory)
        .filter(file -> !Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS))
        .map(file -> directory.relativize(file).toString().replace('\\', '/'));
  }
}
