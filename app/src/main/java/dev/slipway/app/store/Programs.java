package dev.slipway.app.store;

import io.zonky.test.db.postgres.util.LinuxUtils;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Runs the server's programs. PostgreSQL refuses to be root, so root runs them in a user namespace
 * of their own ({@code unshare -U}), in which root's files belong to nobody and nobody is who they
 * are.
 */
record Programs(Path binaries, Path directory) {
  private static final int OUTPUT_CHARS_MAX = 4000;

  /** Runs a program in {@code directory} and waits; its output goes into the error if it fails. */
  void run(Duration limit, String input, String program, String... arguments) {
    List<String> command = new ArrayList<>();
    if (LinuxUtils.isUnshareAvailable()) {
      command.addAll(List.of("unshare", "-U"));
    }
    command.add(binaries.resolve("bin").resolve(program).toString());
    command.addAll(List.of(arguments));
    Path output = directory.resolve(program + ".log");
    try {
      ProcessBuilder builder = new ProcessBuilder(command).directory(directory.toFile());
      builder.environment().keySet().removeIf(name -> name.startsWith("PG"));
      builder.environment().put("LC_ALL", "C");
      builder.redirectErrorStream(true).redirectOutput(output.toFile());
      await(builder.start(), limit, input, program, output);
    } catch (IOException e) {
      throw new StoreException("cannot run " + command.getFirst() + ": " + e.getMessage(), e);
    }
  }

  private static void await(
      Process process, Duration limit, String input, String program, Path output)
      throws IOException {
    try (var in = process.getOutputStream()) {
      in.write(input.getBytes(StandardCharsets.UTF_8));
    }
    try {
      if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
        process.destroyForcibly();
        throw new StoreException(
            program + " took longer than " + limit.toSeconds() + " s: " + tail(output));
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
      throw new StoreException(program + " was interrupted", e);
    }
    if (process.exitValue() != 0) {
      throw new StoreException(
          program + " failed with exit code " + process.exitValue() + ": " + tail(output));
    }
  }

  /** The end of a log file; what cannot be read is named instead. */
  static String tail(Path log) {
    try {
      String text = Files.readString(log, StandardCharsets.UTF_8).strip();
      return text.length() <= OUTPUT_CHARS_MAX
          ? text
          : "…" + text.substring(text.length() - OUTPUT_CHARS_MAX);
    } catch (IOException e) {
      return "(" + log + " cannot be read: " + e.getMessage() + ")";
    }
  }
}
