package dev.slipway.ledger;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Where the files of a log are read from. Safe for use by any number of threads. */
public interface TileSource {
  /** The largest file that is read. A full bundle of the longest entries has a quarter of it. */
  int MAX_BYTES = 64 << 20;

  /**
   * The content at a path of the static layout, such as {@code tile/0/000.p/3}.
   *
   * @return empty if there is no such file
   * @throws IOException if it cannot be told, or the file is larger than {@link #MAX_BYTES}
   */
  Optional<byte[]> read(String path) throws IOException;

  /**
   * Every path that can be read, as far as the source can list them: a directory can, a web server
   * cannot and lists nothing.
   */
  default List<String> list() throws IOException {
    return List.of();
  }

  /** The log in a directory. */
  static TileSource directory(Path directory) {
    return new DirectorySource(directory);
  }

  /** The log served under a URL prefix, with or without a trailing slash. */
  static TileSource http(URI prefix) {
    return new HttpSource(prefix, Optional.empty());
  }

  /** The same, where readers have to show a token ({@code Authorization: Bearer}). */
  static TileSource http(URI prefix, String token) {
    return new HttpSource(prefix, Optional.of(token));
  }
}
