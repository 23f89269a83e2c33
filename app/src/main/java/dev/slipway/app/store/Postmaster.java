package dev.slipway.app.store;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * What a data directory's {@code postmaster.pid} says about the server that runs, or ran, on it
 * (PostgreSQL, {@code src/include/utils/pidfile.h}).
 */
record Postmaster(long pid, int port) {
  private static final int LINE_PID = 0;
  private static final int LINE_PORT = 3;

  /** Empty if there is no such file or it was torn by a crash. */
  static Optional<Postmaster> of(Path data) throws IOException {
    List<String> lines;
    try {
      lines = Files.readAllLines(data.resolve("postmaster.pid"), StandardCharsets.UTF_8);
      return Optional.of(
          new Postmaster(
              Long.parseLong(lines.get(LINE_PID).strip()),
              Integer.parseInt(lines.get(LINE_PORT).strip())));
    } catch (NoSuchFileException | NumberFormatException | IndexOutOfBoundsException e) {
      return Optional.empty();
    }
  }

  /** The running process, if it is a PostgreSQL server and not another that got its number. */
  Optional<ProcessHandle> process() {
    return ProcessHandle.of(pid)
        .filter(ProcessHandle::isAlive)
        .filter(
            handle ->
                handle
                    .info()
                    .command()
                    .filter(command -> command.endsWith("postgres"))
                    .isPresent());
  }
}
