package dev.slipway.app.demo;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * The processes that a control plane leaves running for a home: instances, the edge, and, were it
 * cut short, the database and commands in a sandbox. Each is known by something that only a process
 * started for this home has; no other is touched.
 */
final class Leftovers implements AutoCloseable {
  private static final Path PROC = Path.of("/proc");
  private static final String INSTANCE_MARK = "SLIPWAY_INSTANCE=";
  private static final String COMMAND_MARK = "SLIPWAY_RUN=";
  private static final Duration PATIENCE = Duration.ofSeconds(12);
  private static final Duration LAST_PATIENCE = Duration.ofSeconds(5);
  private static final long LOOK_AGAIN_MILLIS = 50;

  private final Path home;
  private final Consumer<String> complaints;

  Leftovers(Path home, Consumer<String> complaints) {
    this.home = home;
    this.complaints = complaints;
  }

  /** Those that run now. */
  List<ProcessHandle> running() {
    Set<String> instances = instanceMarks();
    long self = ProcessHandle.current().pid();
    return ProcessHandle.allProcesses()
        .filter(ProcessHandle::isAlive)
        .filter(process -> process.pid() != self)
        .filter(process -> belongs(process, instances))
        .toList();
  }

  /** Ends them; says which do not end. */
  @Override
  public void close() {
    running().forEach(ProcessHandle::destroy);
    if (!gone(PATIENCE)) {
      running().forEach(ProcessHandle::destroyForcibly);
      if (!gone(LAST_PATIENCE)) {
        complaints.accept(
            "these processes do not end: " + running().stream().map(ProcessHandle::pid).toList());
      }
    }
  }

  private boolean gone(Duration patience) {
    long deadline = System.nanoTime() + patience.toNanos();
    while (!running().isEmpty()) {
      if (System.nanoTime() - deadline > 0) {
        return false;
      }
      try {
        // Between two looks at processes that are ending.
        TimeUnit.MILLISECONDS.sleep(LOOK_AGAIN_MILLIS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return false;
      }
    }
    return true;
  }

  private boolean belongs(ProcessHandle process, Set<String> instances) {
    Path directory = PROC.resolve(Long.toString(process.pid()));
    List<String> environment = words(directory.resolve("environ"));
    if (environment.stream().anyMatch(instances::contains)) {
      return true;
    }
    List<String> command = words(directory.resolve("cmdline"));
    if (environment.stream().anyMatch(variable -> variable.startsWith(COMMAND_MARK))) {
      return mentionsHome(environment) || mentionsHome(command);
    }
    return command.contains(home.resolve("edge").toString())
        || command.contains(home.resolve("postgres").resolve("data").toString());
  }

  private boolean mentionsHome(List<String> words) {
    return words.stream().anyMatch(word -> word.contains(home.toString()));
  }

  private Set<String> instanceMarks() {
    Path instances = home.resolve("processes").resolve("instances");
    Set<String> marks = new HashSet<>();
    if (Files.isDirectory(instances)) {
      try (Stream<Path> directories = Files.list(instances)) {
        directories.forEach(directory -> marks.add(INSTANCE_MARK + directory.getFileName()));
      } catch (IOException e) {
        throw new UncheckedIOException("cannot read " + instances, e);
      }
    }
    return marks;
  }

  /** The words of one of the kernel's files; none of a process that is not ours, or is gone. */
  private static List<String> words(Path file) {
    try {
      return List.of(Files.readString(file, StandardCharsets.ISO_8859_1).split("\0"));
    } catch (IOException e) {
      return List.of();
    }
  }
}
