package dev.slipway.change;

import java.util.List;
import java.util.Optional;

/** The files of one commit, to read only. Paths are slash-separated and relative to the root. */
public interface SourceTree {
  /**
   * The content of a regular file; empty if there is none at this path (a symbolic link is not
   * followed). Throws {@link java.io.UncheckedIOException} if it cannot be read.
   */
  Optional<byte[]> read(String path);

  /** All paths of regular files, sorted. */
  List<String> paths();
}
