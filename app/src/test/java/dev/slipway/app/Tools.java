package dev.slipway.app;

import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
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
