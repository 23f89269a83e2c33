package dev.slipway.app.haproxy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;

/** The file from which HAProxy takes the state of its servers when it starts. */
final class StateFile {
  private final Optional<Path> file;
  private final RuntimeSocket socket;

  StateFile(Optional<Path> file, RuntimeSocket socket) {
    this.file = file;
    this.socket = socket;
  }

  /** Writes down what HAProxy does now. */
  synchronized void refresh() throws IOException {
    if (file.isEmpty()) {
      return;
    }
    Path beside = file.get().resolveSibling(file.get().getFileName() + ".new");
    Files.writeString(beside, socket.ask("show servers state"));
    Files.move(
        beside, file.get(), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }
}
