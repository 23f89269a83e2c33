package dev.slipway.app.commands;

import dev.slipway.app.json.Json;
import dev.slipway.change.Printable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import tools.jackson.core.JacksonException;

/**
 * A program that gets a JSON document on standard input and writes one on standard output.
 *
 * @param argv the program and its arguments, as they are: no shell reads them
 * @param limit how long it may take; then it and its children are killed
 */
public record Script(List<String> argv, Duration limit) {
  private static final int OUTPUT_BYTES_MAX = 1 << 20;
  private static final int COMPLAINT_CHARS_MAX = 500;
  private static final long KILL_SECONDS = 5;

  /** What a script inherits of our environment: enough to find programs, nothing secret. */
  private static final List<String> INHERITED =
      List.of("PATH", "HOME", "LANG", "LC_ALL", "TZ", "TMPDIR");

  public Script {
    argv = List.copyOf(argv);
    if (argv.isEmpty()) {
      throw new IllegalArgumentException("a script has at least one word");
    }
  }

  /** It could not be run, took too long, or wrote what is not understood. */
  static final class Failed extends Exception {
    private static final long serialVersionUID = 1L;

    Failed(String message) {
      super(message);
    }
  }

  /**
   * How it ended.
   *
   * @param complaint the end of what it wrote on standard error, printable
   */
  record Ended(int exit, byte[] output, String complaint) {
    /**
     * What it wrote on standard output.
     *
     * @throws Failed if that is not such a document
     */
    <T> T reply(Class<T> type) throws Failed {
      try {
        return Json.mapper().readValue(output, type);
      } catch (JacksonException e) {
        throw new Failed("its output is not understood: " + Printable.of(e.getOriginalMessage()));
      }
    }
  }

  /**
   * Runs it to its end.
   *
   * @param secrets added to its environment
   */
  Ended run(Object document, Map<String, String> secrets) throws Failed, InterruptedException {
    ProcessBuilder builder = new ProcessBuilder(argv);
    builder.environment().keySet().retainAll(INHERITED);
    builder.environment().putAll(secrets);
    Process process;
    try {
      process = builder.start();
    } catch (IOException e) {
      throw new Failed(argv.getFirst() + " cannot be run: " + e.getMessage());
    }
    try {
      return watched(process, Json.mapper().writeValueAsBytes(document));
    } finally {
      kill(process);
    }
  }

  private Ended watched(Process process, byte[] input) throws Failed, InterruptedException {
    CompletableFuture<byte[]> output = read(process.getInputStream());
    CompletableFuture<byte[]> complaints = read(process.getErrorStream());
    Thread.ofVirtual().start(() -> feed(process, input));
    long deadline = System.nanoTime() + limit.toNanos();
    try {
      byte[] written = output.get(left(deadline), TimeUnit.NANOSECONDS);
      byte[] complained = complaints.get(left(deadline), TimeUnit.NANOSECONDS);
      if (!process.waitFor(left(deadline), TimeUnit.NANOSECONDS)) {
        throw new TimeoutException();
      }
      if (written.length > OUTPUT_BYTES_MAX) {
        throw new Failed(argv.getFirst() + " wrote more than " + OUTPUT_BYTES_MAX + " bytes");
      }
      return new Ended(process.exitValue(), written, tail(complained));
    } catch (TimeoutException e) {
      throw new Failed(argv.getFirst() + " took longer than " + limit.toSeconds() + " s");
    } catch (ExecutionException e) {
      throw new Failed(argv.getFirst() + " cannot be listened to: " + e.getCause());
    }
  }

  private static long left(long deadline) {
    return Math.max(0, deadline - System.nanoTime());
  }

  private static CompletableFuture<byte[]> read(InputStream stream) {
    CompletableFuture<byte[]> all = new CompletableFuture<>();
    Thread.ofVirtual()
        .start(
            () -> {
              try (stream) {
                byte[] kept = stream.readNBytes(OUTPUT_BYTES_MAX + 1);
                // What is too much is read all the same, so that the script can end.
                stream.transferTo(OutputStream.nullOutputStream());
                all.complete(kept);
              } catch (IOException e) {
                all.completeExceptionally(e);
              }
            });
    return all;
  }

  /** A script need not read what it is told. */
  private static void feed(Process process, byte[] input) {
    try (OutputStream stream = process.getOutputStream()) {
      stream.write(input);
    } catch (IOException e) {
      System.getLogger(Script.class.getName())
          .log(System.Logger.Level.DEBUG, "the script did not read its input", e);
    }
  }

  private static String tail(byte[] complaints) {
    String text = new String(complaints, java.nio.charset.StandardCharsets.UTF_8).strip();
    return Printable.of(text.substring(Math.max(0, text.length() - COMPLAINT_CHARS_MAX)));
  }

  private static void kill(Process process) throws InterruptedException {
    if (process.isAlive()) {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly().waitFor(KILL_SECONDS, TimeUnit.SECONDS);
    }
  }
}
