package dev.slipway.app.sandbox;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.slipway.workspace.Execution;
import dev.slipway.workspace.Execution.Ending;
import dev.slipway.workspace.SandboxedCommand.Limits;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** One command from its start to the death of its last process. */
final class Run {
  /** How often the bounds that nothing announces are looked at. */
  private static final long LOOK_MILLIS = 50;

  /** 128 + SIGXFSZ: the kernel's word for a file that grew past its bound. */
  private static final int EXIT_FILE_TOO_LARGE = 128 + 25;

  /** How the programs between us and the command begin the line on which they give up. */
  private static final List<String> LAUNCH_FAILURES =
      List.of("slipway: ", "bwrap: ", "unshare: ", "prlimit: failed to execute");

  /**
   * Bubblewrap dies with the thread that started it, and pooled threads end when they are idle: all
   * starts happen on one thread that lives as long as this process.
   */
  private static final ExecutorService STARTER =
      Executors.newSingleThreadExecutor(
          Thread.ofPlatform().name("slipway-sandbox-starter").daemon().factory());

  private final Launch launch;
  private final Watch watch;
  private final Duration timeMax;
  private final Limits limits;
  private final Tape tape;
  private final Supplier<Optional<String>> disk;
  private final CountDownLatch over = new CountDownLatch(1);
  private volatile boolean stopped;

  /**
   * @param disk looks at what the command has written so far: the bound it hit, if it did
   */
  Run(
      Launch launch,
      Watch watch,
      Duration timeMax,
      Limits limits,
      Supplier<Optional<String>> disk) {
    this.launch = launch;
    this.watch = watch;
    this.timeMax = timeMax;
    this.limits = limits;
    this.tape = new Tape(limits.outputBytesMax());
    this.disk = disk;
  }

  /** Runs it; when this returns none of its processes is alive. */
  Execution toItsEnd(Mask mask) {
    long start = System.nanoTime();
    try {
      Process process = CompletableFuture.supplyAsync(this::start, STARTER).join();
      watch.started(process.toHandle());
      Thread reader = Thread.ofPlatform().daemon().start(() -> read(process));
      Ending ending = await(process, start);
      kill(process);
      watch.kill();
      drain(reader);
      String output = tape.text(mask);
      return new Execution(refine(ending, output), output, since(start));
    } catch (CompletionException e) {
      Throwable cause = e.getCause();
      String reason = cause == null ? e.getMessage() : cause.getMessage();
      return new Execution(new Ending.NotStarted(String.valueOf(reason)), "", since(start));
    } catch (IOException e) {
      throw new UncheckedIOException("the command's processes could not all be ended", e);
    } finally {
      over.countDown();
    }
  }

  /** Ends it from another thread, and returns when it is over. */
  void stop() {
    stopped = true;
    boolean interrupted = false;
    while (true) {
      try {
        over.await();
        break;
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /** By its handle: {@link Process#destroyForcibly} would close its output with what is unread. */
  private static void kill(Process process) {
    process.toHandle().destroyForcibly();
  }

  private static Duration since(long start) {
    return Duration.ofNanos(System.nanoTime() - start);
  }

  private Process start() {
    ProcessBuilder builder =
        new ProcessBuilder(launch.argv())
            .directory(launch.directory().toFile())
            .redirectErrorStream(true);
    builder.environment().clear();
    builder.environment().putAll(launch.environment());
    try {
      Process process = builder.start();
      try (OutputStream stdin = process.getOutputStream()) {
        stdin.write(launch.stdin());
      } catch (IOException e) {
        // It ended before it read everything: its exit code says why.
        kill(process);
      }
      return process;
    } catch (IOException e) {
      throw new UncheckedIOException(e.getMessage(), e);
    }
  }

  private void read(Process process) {
    byte[] buffer = new byte[64 << 10];
    try (InputStream output = process.getInputStream()) {
      for (int length = output.read(buffer); length >= 0; length = output.read(buffer)) {
        tape.write(buffer, length);
      }
    } catch (IOException e) {
      byte[] note = "\n[the rest of the output could not be read]\n".getBytes(UTF_8);
      tape.write(note, note.length);
    }
  }

  /** With every writer dead the stream ends by itself. */
  private static void drain(Thread reader) {
    boolean interrupted = false;
    while (reader.isAlive()) {
      try {
        reader.join();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private Ending await(Process process, long start) {
    try {
      while (!process.waitFor(LOOK_MILLIS, TimeUnit.MILLISECONDS)) {
        Optional<String> bound = boundHit(start);
        if (bound.isPresent()) {
          return new Ending.Bounded(bound.get());
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new Ending.Bounded("interrupted");
    }
    int code = process.exitValue();
    return watch
        .boundHit()
        .or(() -> code == EXIT_FILE_TOO_LARGE ? Optional.of(Bounds.file(limits)) : Optional.empty())
        .<Ending>map(Ending.Bounded::new)
        .orElseGet(() -> new Ending.Exited(code));
  }

  private Optional<String> boundHit(long start) {
    if (stopped) {
      return Optional.of("its directory was closed");
    }
    if (since(start).compareTo(timeMax) >= 0) {
      return Optional.of(Bounds.time(timeMax));
    }
    return watch.boundHit().or(disk);
  }

  /** A launcher that gave up has an exit code too, and says so on its first line. */
  private static Ending refine(Ending ending, String output) {
    boolean launcherFailed =
        ending instanceof Ending.Exited(int code)
            && (code == 1 || (code >= 125 && code <= 127))
            && LAUNCH_FAILURES.stream().anyMatch(output::startsWith);
    return launcherFailed ? new Ending.NotStarted(output.lines().findFirst().orElse("")) : ending;
  }
}
