package dev.slipway.app.processes;

import dev.slipway.app.json.WholeFile;
import dev.slipway.change.Slot;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
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
    WholeFile.write(file(slot), json.writeValueAsBytes(record));
  }

  private Path file(Slot slot) {
    return directory.resolve(slot.environment().name()).resolve(slot.service().value() + ".json");
  }
}
