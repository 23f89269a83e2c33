package dev.slipway.app.edge;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A running edge, seen from the process that owns it. The edge is a session of its own: it survives
 * the owner's end, however that comes, and a later owner adopts it.
 *
 * @param stateDir its state directory
 * @param address where it can be reached
 */
public record EdgeProcess(Path stateDir, EdgeAddress address) {
  private static final Duration START_MAX = Duration.ofSeconds(60);
  private static final long LOOK_AGAIN_MS = 20;
  private static final Duration CLOCK_SLACK = Duration.ofSeconds(2);
  private static final int TAIL_CHARS = 2_000;

  /**
   * How to start an edge.
   *
   * @param javaHome the JDK or JRE it runs on
   * @param classpath where {@link EdgeMain} and its libraries are
   * @param heap the most memory its heap may take, as {@code -Xmx} takes it
   * @param adminPort its admin port; 0 means a free one
   * @param metricsPort its metrics port; 0 means a free one
   * @param options its bounds
   */
  public record Launch(
      Path javaHome,
      String classpath,
      String heap,
      int adminPort,
      int metricsPort,
      EdgeOptions options) {

    /** A launch with 256 MB of heap, free ports and the default bounds. */
    public static Launch with(Path javaHome, String classpath) {
      return new Launch(javaHome, classpath, "256m", 0, 0, EdgeOptions.defaults());
    }

    /** The same on the ports of an edge that ran before. */
    Launch at(EdgeAddress address) {
      return new Launch(
          javaHome, classpath, heap, address.adminPort(), address.metricsPort(), options);
    }

    /** The same with another heap. */
    public Launch withHeap(String other) {
      return new Launch(javaHome, classpath, other, adminPort, metricsPort, options);
    }

    /** The same with other bounds. */
    public Launch bounded(EdgeOptions other) {
      return new Launch(javaHome, classpath, heap, adminPort, metricsPort, other);
    }
  }

  /**
   * Adopts the edge that runs on the directory, or else starts one.
   *
   * @throws EdgeException if none runs and none can be started within a minute
   */
  public static EdgeProcess start(Path javaHome, String classpath, Path stateDir) {
    return start(Launch.with(javaHome, classpath), stateDir);
  }

  /**
   * Adopts the edge that runs on the directory, whatever it was launched with, or else starts one.
   *
   * @throws EdgeException if none runs and none can be started within a minute
   */
  public static EdgeProcess start(Launch launch, Path stateDir) {
    return adopt(stateDir).orElseGet(() -> launch(launch, stateDir));
  }

  /**
   * The edge that runs on the directory, if one does: it has announced itself, its process lives,
   * it answers, it knows the token, and it is the one that was announced.
   */
  public static Optional<EdgeProcess> adopt(Path stateDir) {
    try {
      return new StateDirectory(stateDir)
          .address()
          .filter(address -> answers(stateDir, address))
          .map(address -> new EdgeProcess(stateDir, address));
    } catch (IOException e) {
      throw new EdgeException("cannot read the edge's directory " + stateDir, e);
    }
  }

  private static boolean answers(Path stateDir, EdgeAddress address) {
    if (handle(address).isEmpty()) {
      return false;
    }
    try (EdgeClient client = EdgeClient.of(stateDir)) {
      return client.health().pid() == address.pid();
    } catch (EdgeException e) {
      // Another process has that pid or that port now; this edge is gone.
      return false;
    }
  }

  private static EdgeProcess launch(Launch launch, Path stateDir) {
    StateDirectory state = new StateDirectory(stateDir);
    try {
      state.create();
      Path output = state.output();
      Process process =
          new ProcessBuilder(command(launch, stateDir))
              .directory(stateDir.toFile())
              .redirectInput(new File("/dev/null"))
              .redirectOutput(output.toFile())
              .redirectErrorStream(true)
              .start();
      return awaitReady(process, stateDir, output);
    } catch (IOException e) {
      throw new EdgeException("cannot start an edge in " + stateDir + ": " + e, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new EdgeException("interrupted while an edge started in " + stateDir, e);
    }
  }

  private static List<String> command(Launch launch, Path stateDir) {
    List<String> command = new ArrayList<>(Detachment.prefix());
    command.add(launch.javaHome().toAbsolutePath().resolve("bin").resolve("java").toString());
    command.addAll(
        List.of(
            "-Xmx" + launch.heap(),
            "-XX:+UseSerialGC",
            // Its classes take 40 MB; growing there by itself stops the world on the way.
            "-XX:MetaspaceSize=64m",
            "-XX:+ExitOnOutOfMemoryError",
            "-Xshare:auto",
            "--enable-native-access=ALL-UNNAMED",
            "-cp",
            absolute(launch.classpath()),
            EdgeMain.class.getName(),
            "--state",
            stateDir.toAbsolutePath().toString(),
            "--admin-port",
            String.valueOf(launch.adminPort()),
            "--metrics-port",
            String.valueOf(launch.metricsPort())));
    command.addAll(EdgeArguments.of(launch.options()));
    return command;
  }

  /** The edge runs in another directory than the one the class path may be relative to. */
  static String absolute(String classpath) {
    return Stream.of(classpath.split(File.pathSeparator))
        .map(entry -> Path.of(entry).toAbsolutePath().toString())
        .collect(Collectors.joining(File.pathSeparator));
  }

  private static EdgeProcess awaitReady(Process process, Path stateDir, Path output)
      throws InterruptedException, IOException {
    long deadline = System.nanoTime() + START_MAX.toNanos();
    while (System.nanoTime() - deadline < 0) {
      boolean ended = process.waitFor(LOOK_AGAIN_MS, TimeUnit.MILLISECONDS);
      if (ended && process.exitValue() != EdgeMain.EXIT_LOCKED) {
        throw new EdgeException(
            "the edge ended with "
                + process.exitValue()
                + " as it started; it said:\n"
                + tail(output));
      }
      // Either this one has announced itself, or another was quicker and will do as well.
      Optional<EdgeProcess> ready =
          ended || announced(stateDir, process) ? adopt(stateDir) : Optional.empty();
      if (ready.isPresent()) {
        return ready.get();
      }
    }
    process.destroyForcibly();
    throw new EdgeException(
        "the edge was not ready within " + START_MAX.toSeconds() + " s; it said:\n" + tail(output));
  }

  private static boolean announced(Path stateDir, Process process) throws IOException {
    return new StateDirectory(stateDir)
        .address()
        .filter(address -> address.pid() == process.pid())
        .isPresent();
  }

  private static String tail(Path output) throws IOException {
    try (Stream<String> lines = Files.lines(output)) {
      String text = String.join("\n", lines.toList());
      return text.substring(Math.max(0, text.length() - TAIL_CHARS));
    }
  }

  /** A client of it; to be closed by the caller. */
  public EdgeClient client() {
    return EdgeClient.of(stateDir);
  }

  /** Whether its process lives. */
  public boolean isAlive() {
    return handle(address).isPresent();
  }

  /**
   * Completes when its process has ended, with the address it had: the moment to {@link #start} it
   * anew if it was not told to stop. Completed already if it is gone.
   */
  public CompletableFuture<EdgeAddress> ended() {
    return handle(address)
        .map(process -> process.onExit().thenApply(ended -> address))
        .orElseGet(() -> CompletableFuture.completedFuture(address));
  }

  /** Its process, unless another has that number by now: that one would be younger. */
  private static Optional<ProcessHandle> handle(EdgeAddress address) {
    Instant youngest = address.startedAt().plus(CLOCK_SLACK);
    return ProcessHandle.of(address.pid())
        .filter(ProcessHandle::isAlive)
        .filter(process -> process.info().startInstant().filter(youngest::isBefore).isEmpty());
  }

  /**
   * Asks it to stop: it stops accepting, lets requests in flight end, and exits. Returns when it is
   * gone.
   *
   * @throws EdgeException if it is still there after the patience
   */
  public void stop(Duration patience) {
    Optional<ProcessHandle> handle = handle(address);
    handle.ifPresent(ProcessHandle::destroy);
    awaitEnd(handle, patience);
  }

  private void awaitEnd(Optional<ProcessHandle> handle, Duration patience) {
    if (handle.isEmpty()) {
      return;
    }
    try {
      handle.get().onExit().get(patience.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      throw new EdgeException(
          "the edge (pid " + address.pid() + ") still runs after " + patience, e);
    } catch (ExecutionException e) {
      throw new EdgeException("cannot await the end of the edge (pid " + address.pid() + ")", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new EdgeException("interrupted while the edge stopped", e);
    }
  }
}
