package dev.slipway.app.incidents;

import dev.slipway.app.json.Json;
import dev.slipway.app.json.WholeFile;
import dev.slipway.change.ChangeId;
import dev.slipway.change.Digest;
import dev.slipway.incident.Incident;
import dev.slipway.incident.Incidents;
import dev.slipway.policy.judge.Recording;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A directory of reports: {@code <change>-<turn>.md} for people, with its plot {@code .svg} beside
 * it, and {@code .json} for programs. The last is written last: where it is, the others are.
 */
public final class FileIncidents implements Incidents {
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._#-]{0,120}");
  private static final String JSON = ".json";

  private final Path directory;
  private final IncidentMarkdown markdown;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition written = lock.newCondition();

  /**
   * @param evidence the file in which the evidence of a digest is kept
   */
  public FileIncidents(Path directory, Function<Digest, Path> evidence) {
    this.directory = directory;
    this.markdown = new IncidentMarkdown(evidence);
  }

  @Override
  public Kept keep(Incident incident, Optional<Recording> recording) {
    String document =
        Json.mapper().writerWithDefaultPrettyPrinter().writeValueAsString(incident) + "\n";
    lock.lock();
    try {
      Optional<String> plot = recording.map(it -> new IncidentPlot(incident, it).svg());
      plot.ifPresent(it -> write(incident.name(), ".svg", it));
      write(incident.name(), ".md", markdown.of(incident, plot.isPresent()));
      write(incident.name(), JSON, document);
      written.signalAll();
      return kept(incident, document);
    } finally {
      lock.unlock();
    }
  }

  private void write(String name, String ending, String text) {
    WholeFile.write(file(name, ending), text.getBytes(StandardCharsets.UTF_8));
  }

  private Path file(String name, String ending) {
    if (!NAME.matcher(name).matches()) {
      throw new IllegalArgumentException("an incident is named by its change and turn");
    }
    return directory.resolve(name + ending);
  }

  private Kept kept(Incident incident, String document) {
    return new Kept(incident, file(incident.name(), ".md").toString(), document);
  }

  @Override
  public Optional<Incident> find(String name) {
    return read(name).map(Kept::incident);
  }

  private Optional<Kept> read(String name) {
    Path file = file(name, JSON);
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    try {
      String document = Files.readString(file);
      return Optional.of(kept(Json.mapper().readValue(document, Incident.class), document));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + file, e);
    }
  }

  @Override
  public Optional<Kept> latest(ChangeId change) {
    Pattern own = Pattern.compile(Pattern.quote(change.value()) + "-(\\d{1,9})\\.json");
    return names().stream()
        .map(own::matcher)
        .filter(it -> it.matches())
        .map(it -> Integer.parseInt(it.group(1)))
        .max(Comparator.naturalOrder())
        .flatMap(turn -> read(Incident.name(change, turn)));
  }

  private List<String> names() {
    if (!Files.isDirectory(directory)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(directory)) {
      return files.map(file -> String.valueOf(file.getFileName())).toList();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot list " + directory, e);
    }
  }

  /**
   * The report of this name as soon as it is complete, or as far as it is after this time; empty if
   * there is none by then.
   *
   * @throws InterruptedException when it is no longer waited for
   */
  public Optional<Kept> await(String name, Duration limit) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      long left = limit.toNanos();
      Optional<Kept> found = read(name);
      while (left > 0 && found.filter(it -> it.incident().isComplete()).isEmpty()) {
        left = written.awaitNanos(left);
        found = read(name);
      }
      return found;
    } finally {
      lock.unlock();
    }
  }
}
