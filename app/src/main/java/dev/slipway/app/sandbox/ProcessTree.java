package dev.slipway.app.sandbox;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.slipway.workspace.SandboxedCommand.Limits;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/**
 * The bound where the kernel's control groups are not ours to use. The number of processes is held
 * by the user's resource limit; this looks, a moment at a time, whether that limit or the memory
 * was reached, at the processes below the first one and at those whose environment has the mark.
 */
final class ProcessTree implements Watch {
  static final String MARK = "SLIPWAY_RUN";

  private static final long KILL_NANOS_MAX = TimeUnit.SECONDS.toNanos(10);
  private static final Path PROC = Path.of("/proc");

  private final Limits limits;
  private final String mark;
  private final Set<ProcessHandle> seen = new HashSet<>();

  /**
   * @param mark the value of {@link #MARK} in the environment of the command's processes
   */
  ProcessTree(Limits limits, String mark) {
    this.limits = limits;
    this.mark = MARK + "=" + mark;
  }

  @Override
  public List<Path> joins() {
    return List.of();
  }

  /**
   * Twice the bound: the processes of a bomb that is held die as fast as it makes new ones, so
   * there must be room above the bound for it to be seen beyond.
   */
  @Override
  public OptionalLong userProcessesMax() throws IOException {
    return OptionalLong.of(OwnUser.threads() + 2L * limits.processesMax());
  }

  @Override
  public synchronized void started(ProcessHandle first) {
    seen.add(first);
  }

  @Override
  public synchronized Optional<String> boundHit() {
    look();
    long memory = 0;
    long threads = 0;
    for (ProcessHandle process : seen) {
      Map<String, Long> status = status(process);
      memory += (status.getOrDefault("RssAnon", 0L) + status.getOrDefault("RssShmem", 0L)) << 10;
      threads += status.getOrDefault("Threads", 0L);
    }
    if (memory > limits.memoryBytesMax()) {
      return Optional.of(Bounds.memory(limits));
    }
    return threads > limits.processesMax()
        ? Optional.of(Bounds.processes(limits))
        : Optional.empty();
  }

  private void look() {
    seen.removeIf(process -> !process.isAlive());
    List.copyOf(seen).forEach(process -> process.descendants().forEach(seen::add));
  }

  private static Map<String, Long> status(ProcessHandle process) {
    try (Stream<String> lines =
        Files.lines(PROC.resolve(Long.toString(process.pid())).resolve("status"), ISO_8859_1)) {
      return lines
          .map(line -> line.split("[:\\s]+"))
          .filter(words -> words.length > 1 && words[1].matches("[0-9]{1,18}"))
          .collect(
              java.util.stream.Collectors.toMap(
                  words -> words[0], words -> Long.parseLong(words[1]), (first, again) -> first));
    } catch (IOException | java.io.UncheckedIOException e) {
      return Map.of(); // it ended meanwhile
    }
  }

  @Override
  public synchronized void kill() throws IOException {
    long start = System.nanoTime();
    while (System.nanoTime() - start < KILL_NANOS_MAX) {
      look();
      marked();
      if (seen.isEmpty()) {
        return;
      }
      seen.forEach(ProcessHandle::destroyForcibly);
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(2));
    }
    throw new IOException("processes do not die: " + seen);
  }

  private void marked() throws IOException {
    if (!Files.isDirectory(PROC)) {
      return;
    }
    try (DirectoryStream<Path> processes = Files.newDirectoryStream(PROC, "[0-9]*")) {
      for (Path process : processes) {
        if (isMarked(process)) {
          ProcessHandle.of(Long.parseLong(process.getFileName().toString())).ifPresent(seen::add);
        }
      }
    }
  }

  private boolean isMarked(Path process) {
    try {
      String environment = Files.readString(process.resolve("environ"), ISO_8859_1);
      return List.of(environment.split("\0")).contains(mark);
    } catch (IOException e) {
      return false; // another user's, or it ended meanwhile
    }
  }

  @Override
  public void close() {}
}
