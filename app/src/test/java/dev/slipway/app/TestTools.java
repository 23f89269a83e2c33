package dev.slipway.app;

import static org.junit.jupiter.api.Assumptions.abort;

import dev.slipway.app.sandbox.Sandboxes;
import dev.slipway.workspace.Sandbox;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** What tests with real processes need of the machine; what is missing is named. */
final class TestTools {
  private TestTools() {}

  static Sandbox requireSandbox(Path scratch) {
    return switch (Sandboxes.detect(scratch)) {
      case Sandboxes.Detection.Available available -> available.sandbox();
      case Sandboxes.Detection.Missing missing ->
          throw missing("bubblewrap: " + missing.reason() + "; run: " + missing.mend());
    };
  }

  static void requirePytest() throws IOException, InterruptedException {
    Path python = Path.of("/usr/bin/python3");
    boolean there =
        Files.isExecutable(python)
            && new ProcessBuilder(python.toString(), "-c", "import pytest, pytest_cov")
                    .start()
                    .waitFor()
                == 0;
    if (!there) {
      throw missing("python3-pytest and python3-pytest-cov");
    }
  }

  private static AssertionError missing(String tool) {
    if (!"true".equals(System.getenv("CI"))) {
      abort("needs " + tool);
    }
    return new AssertionError("needs " + tool);
  }

  /** The processes that have a path under this one among their arguments. */
  static List<ProcessHandle> processesOf(Path directory) {
    return ProcessHandle.allProcesses()
        .filter(
            process ->
                arguments(process).anyMatch(argument -> argument.startsWith(directory.toString())))
        .toList();
  }

  /** The JVM tells nothing of arguments longer than a page, and a class path is. */
  private static Stream<String> arguments(ProcessHandle process) {
    try {
      Path all = Path.of("/proc", Long.toString(process.pid()), "cmdline");
      return Arrays.stream(Files.readString(all, StandardCharsets.ISO_8859_1).split("\0"));
    } catch (IOException ended) {
      return process.info().arguments().stream().flatMap(Arrays::stream);
    }
  }

  /** Ends the edge, the database and whatever was deployed from this home. */
  static void endProcessesOf(Path home) {
    processesOf(home).forEach(ProcessHandle::destroyForcibly);
  }
}
