package dev.slipway.app.haproxy;

import dev.slipway.app.json.JsonFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/** The seating of every backend, a file each. */
final class Seatings {
  private static final String SUFFIX = ".json";

  private final Path directory;
  private final Map<String, Seating> known = new ConcurrentHashMap<>();

  Seatings(Path directory) {
    this.directory = directory;
    for (String backend : onDisk()) {
      file(backend).read().ifPresent(seating -> known.put(backend, seating));
    }
  }

  private List<String> onDisk() {
    if (!Files.isDirectory(directory)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(directory)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.endsWith(SUFFIX))
          .map(name -> name.substring(0, name.length() - SUFFIX.length()))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + directory, e);
    }
  }

  private JsonFile<Seating> file(String backend) {
    return new JsonFile<>(directory.resolve(backend + SUFFIX), Seating.class);
  }

  Set<String> backends() {
    return Set.copyOf(known.keySet());
  }

  Optional<Seating> of(String backend) {
    return Optional.ofNullable(known.get(backend));
  }

  /** Durable when it returns. */
  void write(String backend, Seating seating) {
    file(backend).write(seating);
    known.put(backend, seating);
  }
}
