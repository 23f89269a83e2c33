package dev.slipway.app;

import static org.junit.jupiter.api.Assumptions.abort;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** Programs that a test needs and a machine may lack. */
public final class TestTool {
  private TestTool() {}

  /**
   * The program's path. Where it is missing the test is skipped by the program's name, and fails if
   * {@code CI=true}.
   */
  public static Path named(String program) {
    return Stream.of("/usr/sbin", "/usr/bin", "/usr/local/bin", "/bin")
        .map(directory -> Path.of(directory, program))
        .filter(Files::isExecutable)
        .findFirst()
        .orElseGet(() -> missing(program));
  }

  private static Path missing(String program) {
    if ("true".equals(System.getenv("CI"))) {
      throw new AssertionError("needs " + program);
    }
    abort("needs " + program);
    throw new AssertionError("not reached");
  }
}
