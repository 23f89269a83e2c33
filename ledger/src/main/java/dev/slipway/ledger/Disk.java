package dev.slipway.ledger;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/** The log's way to its files; tests put a failing one here. */
@FunctionalInterface
interface Disk {
  FileChannel open(Path file, OpenOption... options) throws IOException;

  static Disk real() {
    return FileChannel::open;
  }

  /** Creates the directory and what is missing above it, each durably named in its parent. */
  default void createDirectory(Path directory) throws IOException {
    if (Files.isDirectory(directory)) {
      return;
    }
    Path parent = directory.toAbsolutePath().getParent();
    if (parent != null) {
      createDirectory(parent);
    }
    // Somebody else may just have made it: that is as good.
    Files.createDirectories(directory);
    if (parent != null) {
      syncDirectory(parent);
    }
  }

  /** Makes the names in a directory durable. */
  default void syncDirectory(Path directory) throws IOException {
    try (FileChannel channel = open(directory, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }

  /** Makes the content of a file durable. */
  default void syncFile(Path file) throws IOException {
    try (FileChannel channel = open(file, StandardOpenOption.WRITE)) {
      channel.force(true);
    }
  }

  /**
   * Puts the content at the path in one step: readers see the old file or the new one. Durable only
   * after {@link #syncDirectory} of the parent.
   */
  default void replace(Path file, byte[] content) throws IOException {
    Path part = file.resolveSibling(file.getFileName() + PART);
    try (FileChannel channel =
        open(
            part,
            StandardOpenOption.CREATE,
            StandardOpenOption.WRITE,
            StandardOpenOption.TRUNCATE_EXISTING)) {
      writeFully(channel, ByteBuffer.wrap(content));
      channel.force(true);
    }
    Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
  }

  /** Ending of a file that is being written and has no meaning yet. */
  String PART = ".part";

  static void writeFully(FileChannel channel, ByteBuffer bytes) throws IOException {
    while (bytes.hasRemaining()) {
      channel.write(bytes);
    }
  }
}
