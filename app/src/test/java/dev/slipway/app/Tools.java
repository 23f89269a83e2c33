package dev.slipway.app;

import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Tools of the machine that a test needs: skipped by their name without, and failed where CI is
 * set.
 */
final class Tools {
  private Tools() {}

  /** Goes on if the program runs with these arguments. */
  static void need(String program, String packages, String... arguments)
      throws InterruptedException {
    if (!runs(program, arguments)) {
      String message = "needs " + program + ": install " + packages;
      if ("true".equals(System.getenv("CI"))) {
        throw new AssertionError(message);
      }
      abort(message);
    }
  }

  /** The same for what no machine must have: only skipped, by name, wherever it is missing. */
  static void want(String program, String... arguments) throws InterruptedException {
    if (!runs(program, arguments)) {
      abort(program + " is missing");
    }
  }

  /**
   * Has Maven fetch, once on a machine, what the goals need in the repository at its newest commit:
   * the sandbox in which the test runs them has no network.
   */
  static void fetch(Path repository, Path scratch, String... goals)
      throws IOException, InterruptedException {
    run(scratch, "git", "clone", "-q", repository.toString(), "fetched");
    List<String> online = new ArrayList<>(List.of("mvn", "-q", "-B"));
    online.addAll(List.of(goals));
    List<String> offline = new ArrayList<>(online);
    offline.add("-o");
    Path clone = scratch.resolve("fetched");
    if (exitOf(clone, offline.toArray(String[]::new)) != 0) {
      run(clone, online.toArray(String[]::new));
    }
  }

  private static void run(Path directory, String... command)
      throws IOException, InterruptedException {
    int exit = exitOf(directory, command);
    if (exit != 0) {
      throw new AssertionError(String.join(" ", command) + " exited with " + exit);
    }
  }

  private static int exitOf(Path directory, String... command)
      throws IOException, InterruptedException {
    ProcessBuilder builder = new ProcessBuilder(command).directory(directory.toFile()).inheritIO();
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    return builder.start().waitFor();
  }

  private static boolean runs(String program, String... arguments) throws InterruptedException {
    List<String> command = new ArrayList<>(List.of(program));
    command.addAll(List.of(arguments));
    try {
      Process process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      boolean ended = process.waitFor(60, TimeUnit.SECONDS);
      process.destroyForcibly();
      return ended && process.exitValue() == 0;
    } catch (IOException e) {
      return false;
    }
  }
}
