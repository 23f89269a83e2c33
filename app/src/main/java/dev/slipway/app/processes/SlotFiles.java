package dev.slipway.app.processes;

import dev.slipway.change.Slot;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import tools.jackson.databind.json.JsonMapper;

/** A file per slot: written beside, made durable, then moved into place. */
final class SlotFiles {
  private final Path directory;
  private final JsonMapper json;

  SlotFiles(Path directory, JsonMapper json) {
    this.directory = directory;
    this.json = json;
  }

  Optional<SlotRecord> read(Slot slot) {
    Path file = file(slot);
    try {
      return Files.exists(file)
          ? Optional.of(json.readValue(Files.readAllBytes(file), SlotRecord.class))
          : Optional.empty();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + file, e);
    }
  }

  void write(Slot slot, SlotRecord record) {
    Path file = file(slot);
    Path beside = file.resolveSibling(file.getFileName() + ".new");
    try {
      Files.createDirectories(file.getParent());
      try (FileChannel channel =
          FileChannel.open(
              beside,
              StandardOpenOption.CREATE,
              StandardOpenOption.TRUNCATE_EXISTING,
              StandardOpenOption.WRITE)) {
        ByteBuffer bytes = ByteBuffer.wrap(json.writeValueAsBytes(record));
        while (bytes.hasRemaining()) {
          channel.write(bytes);
        }
        channel.force(true);
      }
      Files.move(beside, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      try (FileChannel folder = FileChannel.open(file.getParent(), StandardOpenOption.READ)) {
        folder.force(true);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write " + file, e);
    }
  }

  private Path file(Slot slot) {
    return directory.resolve(slot.environment().name()).resolve(slot.service().value() + ".json");
  }
}
