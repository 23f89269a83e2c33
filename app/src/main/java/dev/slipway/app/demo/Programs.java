package dev.slipway.app.demo;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Runs the programs that the demo needs to their end; arguments go as arrays, never by a shell. */
final class Programs {
  private final Cleanup cleanup;
  private final Path outputs;

  /**
   * @param outputs where a program's output is kept while it runs
   */
  Programs(Cleanup cleanup, Path outputs) {
    this.cleanup = cleanup;
    this.outputs = outputs;
  }

  /** How a program ended, and all it said. */
  record Ended(int exitCode, String output) {}

  /** Runs it to its end. It does not outlive the demo, whenever that ends. */
  Ended run(Path directory, Map<String, String> environment, List<String> command)
      throws InterruptedException {
    try {
      Path output = Files.createTempFile(outputs, "output-", ".txt");
      ProcessBuilder builder =
          new ProcessBuilder(command)
              .directory(directory.toFile())
              .redirectErrorStream(true)
              .redirectInput(Path.of("/dev/null").toFile())
              .redirectOutput(output.toFile());
      builder.environment().putAll(environment);
      Process process = cleanup.started(() -> start(builder));
      int exitCode = process.waitFor();
      String text = Files.readString(output, StandardCharsets.UTF_8);
      Files.delete(output);
      return new Ended(exitCode, text.strip());
    } catch (IOException e) {
      throw new UncheckedIOException("cannot run " + command.getFirst(), e);
    }
  }

  /** The same, where anything but success ends the demo. */
  String require(Path directory, Map<String, String> environment, List<String> command)
      throws InterruptedException {
    Ended ended = run(directory, environment, command);
    if (ended.exitCode() != 0) {
      throw new IllegalStateException(
          String.join(" ", command)
              + " in "
              + directory
              + " ended with "
              + ended.exitCode()
              + ": "
              + ended.output());
    }
    return ended.output();
  }

  private static Process start(ProcessBuilder builder) {
    try {
      return builder.start();
    } catch (IOException e) {
      throw new UncheckedIOException(
          builder.command().getFirst() + " cannot be started: is it installed?", e);
    }
  }
}
