package dev.slipway.app.processes;

import dev.slipway.change.Artifact;
import dev.slipway.project.Service;
import dev.slipway.target.Rollout;
import dev.slipway.target.TargetFault;
import dev.slipway.workspace.ArtifactStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

/** Starts, finds and ends the processes of instances. They outlive the control plane. */
final class Launcher {
  private static final String MARK = "SLIPWAY_INSTANCE";
  private static final Duration START_LIMIT = Duration.ofSeconds(60);
  private static final Duration PROBE_LIMIT = Duration.ofSeconds(2);
  private static final long PROBE_PAUSE_MILLIS = 50;
  private static final long WORKER_SETTLES_MILLIS = 2_000;
  private static final long STOP_LIMIT_SECONDS = 10;

  /** What an instance inherits of our environment: enough to find programs, nothing secret. */
  private static final List<String> INHERITED =
      List.of("PATH", "HOME", "LANG", "LC_ALL", "TZ", "JAVA_HOME", "TMPDIR");

  private final ArtifactStore artifacts;
  private final Path logs;
  private final HttpClient http =
      HttpClient.newBuilder()
          .connectTimeout(PROBE_LIMIT)
          .proxy(HttpClient.Builder.NO_PROXY)
          .build();

  private final WarmUp warmUp = new WarmUp(http);

  Launcher(ArtifactStore artifacts, Path logs) {
    this.artifacts = artifacts;
    this.logs = logs;
  }

  /** A new instance, not started yet. */
  static Instance plan(Rollout rollout) {
    boolean serves = !rollout.run().health().isEmpty();
    return new Instance(UUID.randomUUID().toString(), rollout.artifact(), serves ? freePort() : 0);
  }

  /**
   * Starts the instance unless its process is alive, and returns once it is healthy; one that was
   * started is warm as well.
   */
  void ensureHealthy(Instance instance, Rollout rollout) {
    Optional<ProcessHandle> running = find(instance);
    ProcessHandle process = running.orElseGet(() -> start(instance, rollout));
    if (instance.port() == 0) {
      requireSettled(instance, process);
      return;
    }
    awaitHealthy(instance, process, rollout.run().health());
    if (running.isEmpty()) {
      warmUp(instance, rollout);
    }
  }

  private void warmUp(Instance instance, Rollout rollout) {
    try {
      warmUp.ask(URI.create("http://127.0.0.1:" + instance.port()), rollout.warmUp());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new TargetFault("interrupted while " + instance.artifact() + " is warmed up", e);
    }
  }

  /** The instance's process, if it is alive. */
  Optional<ProcessHandle> find(Instance instance) {
    String mark = MARK + "=" + instance.id();
    return ProcessHandle.allProcesses()
        .filter(ProcessHandle::isAlive)
        .filter(process -> environment(process).contains(mark))
        // A wrapper script hands the mark on to its children: the eldest is the instance.
        .min(
            java.util.Comparator.comparing(
                process -> process.info().startInstant().orElse(java.time.Instant.MAX)));
  }

  /** Ends every process of the instance and returns when they are gone. */
  void end(Instance instance) {
    String mark = MARK + "=" + instance.id();
    List<ProcessHandle> processes =
        ProcessHandle.allProcesses()
            .filter(process -> environment(process).contains(mark))
            .toList();
    processes.forEach(ProcessHandle::destroy);
    for (ProcessHandle process : processes) {
      if (!ended(process, STOP_LIMIT_SECONDS)) {
        process.destroyForcibly();
        if (!ended(process, STOP_LIMIT_SECONDS)) {
          throw new TargetFault("process " + process.pid() + " does not end");
        }
      }
    }
  }

  private static boolean ended(ProcessHandle process, long seconds) {
    try {
      process.onExit().get(seconds, TimeUnit.SECONDS);
      return true;
    } catch (TimeoutException e) {
      return false;
    } catch (ExecutionException e) {
      throw new TargetFault("cannot wait for process " + process.pid(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new TargetFault("interrupted while process " + process.pid() + " ends", e);
    }
  }

  private ProcessHandle start(Instance instance, Rollout rollout) {
    Service.Run run = rollout.run();
    String artifact =
        switch (instance.artifact()) {
          case Artifact.File file -> artifacts.open(file).toString();
          case Artifact.OciImage image -> image.toString();
        };
    List<String> command = new ArrayList<>();
    // A session of its own: neither our end nor a Ctrl-C in our terminal reaches it.
    if (Files.isExecutable(Path.of("/usr/bin/setsid"))) {
      command.add("/usr/bin/setsid");
    }
    run.command().forEach(word -> command.add(filled(word, artifact, instance)));
    ProcessBuilder builder = new ProcessBuilder(command);
    Map<String, String> environment = builder.environment();
    environment.keySet().retainAll(INHERITED);
    run.env().forEach((name, value) -> environment.put(name, filled(value, artifact, instance)));
    environment.putAll(rollout.secrets());
    environment.put(MARK, instance.id());
    try {
      Path directory = Files.createDirectories(logs.resolve(instance.id()));
      builder.directory(directory.toFile());
      builder.redirectErrorStream(true);
      builder.redirectOutput(
          ProcessBuilder.Redirect.appendTo(directory.resolve("output.log").toFile()));
      builder.redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()));
      return builder.start().toHandle();
    } catch (IOException e) {
      throw new TargetFault.Unhealthy(rollout + " could not be started: " + e.getMessage());
    }
  }

  private static String filled(String text, String artifact, Instance instance) {
    return text.replace("${ARTIFACT}", artifact)
        .replace("${PORT}", Integer.toString(instance.port()));
  }

  private void awaitHealthy(Instance instance, ProcessHandle process, String health) {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + instance.port() + health))
            .timeout(PROBE_LIMIT)
            .build();
    long deadline = System.nanoTime() + START_LIMIT.toNanos();
    String last = "it does not answer";
    while (System.nanoTime() < deadline) {
      if (!process.isAlive()) {
        throw unhealthy(instance, "its process ended");
      }
      try {
        int status = http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
        if (status >= 200 && status < 300) {
          return;
        }
        last = health + " answers " + status;
        // Between two looks at a process that is starting; there is nothing to be told by.
        TimeUnit.MILLISECONDS.sleep(PROBE_PAUSE_MILLIS);
      } catch (IOException e) {
        last = health + " does not answer";
        pause();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new TargetFault("interrupted while " + instance.artifact() + " starts", e);
      }
    }
    throw unhealthy(instance, last + " after " + START_LIMIT.toSeconds() + " s");
  }

  private static void pause() {
    try {
      TimeUnit.MILLISECONDS.sleep(PROBE_PAUSE_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new TargetFault("interrupted while an instance starts", e);
    }
  }

  private void requireSettled(Instance instance, ProcessHandle process) {
    try {
      process.onExit().get(WORKER_SETTLES_MILLIS, TimeUnit.MILLISECONDS);
      throw unhealthy(instance, "its process ended at once");
    } catch (TimeoutException e) {
      // Still running: as healthy as a worker can be seen to be.
      return;
    } catch (ExecutionException e) {
      throw new TargetFault("cannot watch process " + process.pid(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new TargetFault("interrupted while a worker starts", e);
    }
  }

  private TargetFault.Unhealthy unhealthy(Instance instance, String why) {
    return new TargetFault.Unhealthy(
        instance.artifact() + " did not become healthy: " + why + tail(instance));
  }

  private String tail(Instance instance) {
    Path log = logs.resolve(instance.id()).resolve("output.log");
    if (!Files.exists(log)) {
      return "";
    }
    try (Stream<String> lines = Files.lines(log, StandardCharsets.ISO_8859_1)) {
      List<String> all = lines.filter(line -> !line.isBlank()).toList();
      return "; its last words: "
          + String.join(
              " / ",
              all.subList(Math.max(0, all.size() - 5), all.size()).stream()
                  .map(dev.slipway.change.Printable::of)
                  .toList());
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + log, e);
    }
  }

  private static String environment(ProcessHandle process) {
    try {
      return Files.readString(
          Path.of("/proc/" + process.pid() + "/environ"), StandardCharsets.ISO_8859_1);
    } catch (IOException e) {
      // Not ours to read, or gone since: not an instance of ours either way.
      return "";
    }
  }

  private static int freePort() {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new TargetFault("no free port", e);
    }
  }
}
