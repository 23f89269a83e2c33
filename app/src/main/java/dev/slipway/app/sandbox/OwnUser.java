package dev.slipway.app.sandbox;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** The user this process runs as, as the kernel sees it. */
final class OwnUser {
  private static final Path PROC = Path.of("/proc");

  private OwnUser() {}

  static boolean isRoot() throws IOException {
    return id(PROC.resolve("self")) == 0;
  }

  /** How many processes and threads this user has now, all over the machine. */
  static long threads() throws IOException {
    int own = id(PROC.resolve("self"));
    long threads = 0;
    try (DirectoryStream<Path> processes = Files.newDirectoryStream(PROC, "[0-9]*")) {
      for (Path process : processes) {
        threads += threads(process, own);
      }
    }
    return threads;
  }

  private static int id(Path process) throws IOException {
    return (Integer) Files.getAttribute(process, "unix:uid");
  }

  private static long threads(Path process, int owner) {
    try {
      return id(process) == owner ? threads(process) : 0;
    } catch (IOException e) {
      return 0; // it ended meanwhile
    }
  }

  private static long threads(Path process) throws IOException {
    return Files.readAllLines(process.resolve("status"), ISO_8859_1).stream()
        .filter(line -> line.startsWith("Threads:"))
        .mapToLong(line -> Long.parseLong(line.substring("Threads:".length()).strip()))
        .findFirst()
        .orElse(0);
  }
}
