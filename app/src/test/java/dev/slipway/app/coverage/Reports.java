package dev.slipway.app.coverage;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;

/** Report files of real tools, and directories to put them in. */
final class Reports {
  private Reports() {}

  static byte[] real(String name) {
    try (var in = Reports.class.getResourceAsStream(name)) {
      return Objects.requireNonNull(in, name).readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static String text(String name) {
    return new String(real(name), StandardCharsets.UTF_8);
  }

  static void put(Path root, String path, byte[] content) {
    try {
      Path file = root.resolve(path);
      Files.createDirectories(file.getParent());
      Files.write(file, content);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static void put(Path root, String path, String content) {
    put(root, path, content.getBytes(StandardCharsets.UTF_8));
  }
}
