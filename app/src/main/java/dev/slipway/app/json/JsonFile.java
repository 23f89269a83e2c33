package dev.slipway.app.json;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A file that holds one JSON document, replaced as a whole: after a crash it holds the old one or
 * the new one.
 */
public final class JsonFile<T> {
  private final Path file;
  private final Class<T> type;

  public JsonFile(Path file, Class<T> type) {
    this.file = file.toAbsolutePath();
    this.type = type;
  }

  /**
   * What it holds; empty if it was never written.
   *
   * @throws UncheckedIOException if it cannot be read or understood
   */
  public Optional<T> read() {
    try {
      return Files.exists(file)
          ? Optional.of(Json.mapper().readValue(Files.readAllBytes(file), type))
          : Optional.empty();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + file, e);
    }
  }

  /** Replaces what it holds; the new document is on disk when this returns. */
  public void write(T document) {
    WholeFile.write(file, Json.mapper().writeValueAsBytes(document));
  }
}
