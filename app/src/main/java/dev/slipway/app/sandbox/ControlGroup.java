package dev.slipway.app.sandbox;

import dev.slipway.workspace.SandboxedCommand.Limits;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * The kernel's bound on memory and processes of one command, and the list of its processes that no
 * fork escapes. Version 2 has one directory, version 1 one for each controller.
 */
final class ControlGroup implements Watch {
  private static final Path V1 = Path.of("/sys/fs/cgroup");
  private static final long KILL_NANOS_MAX = TimeUnit.SECONDS.toNanos(10);

  private final List<Path> directories;
  private final Limits limits;

  private ControlGroup(List<Path> directories, Limits limits) {
    this.directories = directories;
    this.limits = limits;
  }

  /** A fresh one with these bounds; empty where this process may not make one. */
  static Optional<ControlGroup> make(Limits limits) {
    String name = "slipway-" + UUID.randomUUID();
    List<Path> made = new ArrayList<>();
    ControlGroup group = new ControlGroup(made, limits);
    try {
      if (Files.exists(V1.resolve("cgroup.controllers"))) {
        made.add(Files.createDirectory(V1.resolve(name)));
        group.set(made.getFirst(), "memory.max", limits.memoryBytesMax());
        group.set(made.getFirst(), "pids.max", limits.processesMax());
        group.setIfThere(made.getFirst(), "memory.swap.max", 0);
      } else {
        made.add(Files.createDirectory(V1.resolve("memory").resolve(name)));
        group.set(made.getLast(), "memory.limit_in_bytes", limits.memoryBytesMax());
        group.setIfThere(made.getLast(), "memory.memsw.limit_in_bytes", limits.memoryBytesMax());
        made.add(Files.createDirectory(V1.resolve("pids").resolve(name)));
        group.set(made.getLast(), "pids.max", limits.processesMax());
      }
      return Optional.of(group);
    } catch (IOException e) {
      // Not root, or no such controller: the user's resource limit bounds the command instead.
      group.close();
      return Optional.empty();
    }
  }

  private void set(Path directory, String file, long value) throws IOException {
    Files.writeString(directory.resolve(file), Long.toString(value));
  }

  private void setIfThere(Path directory, String file, long value) throws IOException {
    if (Files.isWritable(directory.resolve(file))) {
      set(directory, file, value);
    }
  }

  @Override
  public List<Path> joins() {
    return directories.stream().map(directory -> directory.resolve("cgroup.procs")).toList();
  }

  @Override
  public OptionalLong userProcessesMax() {
    return OptionalLong.empty();
  }

  @Override
  public void started(ProcessHandle first) {}

  @Override
  public Optional<String> boundHit() {
    for (Path directory : directories) {
      if (count(directory.resolve("pids.events"), "max") > 0) {
        return Optional.of(Bounds.processes(limits));
      }
      if (count(directory.resolve("memory.events"), "oom_kill") > 0
          || count(directory.resolve("memory.oom_control"), "oom_kill") > 0) {
        return Optional.of(Bounds.memory(limits));
      }
    }
    return Optional.empty();
  }

  private static long count(Path file, String key) {
    try {
      return Files.readAllLines(file).stream()
          .filter(line -> line.startsWith(key + " "))
          .mapToLong(line -> Long.parseLong(line.substring(key.length() + 1).strip()))
          .findFirst()
          .orElse(0);
    } catch (IOException e) {
      return 0; // not of this controller or version
    }
  }

  @Override
  public void kill() throws IOException {
    long start = System.nanoTime();
    while (System.nanoTime() - start < KILL_NANOS_MAX) {
      List<ProcessHandle> alive = processes();
      if (alive.isEmpty()) {
        return;
      }
      alive.forEach(ProcessHandle::destroyForcibly);
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(2));
    }
    throw new IOException("processes in " + directories + " do not die");
  }

  private List<ProcessHandle> processes() throws IOException {
    List<ProcessHandle> alive = new ArrayList<>();
    for (Path procs : joins()) {
      for (String pid : Files.readAllLines(procs)) {
        ProcessHandle.of(Long.parseLong(pid)).ifPresent(alive::add);
      }
    }
    return alive;
  }

  @Override
  public void close() {
    for (Path directory : directories) {
      try {
        Files.deleteIfExists(directory);
      } catch (IOException e) {
        System.getLogger(ControlGroup.class.getName())
            .log(System.Logger.Level.WARNING, "cannot remove " + directory, e);
      }
    }
  }
}
