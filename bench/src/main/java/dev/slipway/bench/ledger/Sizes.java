package dev.slipway.bench.ledger;

import dev.slipway.ledger.SignedCheckpoint;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * Disk per entry of a log.
 *
 * <p>{@code Sizes DIRECTORY...}
 */
final class Sizes {
  private Sizes() {}

  public static void main(String[] args) throws IOException {
    for (String directory : args) {
      print(Path.of(directory));
    }
  }

  static void print(Path directory) throws IOException {
    long entries =
        SignedCheckpoint.parse(Files.readAllBytes(directory.resolve("checkpoint")))
            .checkpoint()
            .size();
    for (String part : List.of("tile/entries", "tile", "keys", "journal")) {
      System.out.printf(
          "  %-12s %7.1f bytes an entry%n",
          part, (double) bytes(directory.resolve(part)) / entries);
    }
  }

  private static long bytes(Path path) throws IOException {
    try (Stream<Path> files = Files.walk(path)) {
      long sum = 0;
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        sum += Files.size(file);
      }
      return sum;
    }
  }
}
