package dev.slipway.app.sandbox;

import static org.junit.jupiter.api.Assumptions.abort;

import dev.slipway.app.sandbox.Sandboxes.Detection;
import dev.slipway.workspace.Sandbox;
import java.nio.file.Path;

/** What the machine that runs the tests has. */
final class Machine {
  private Machine() {}

  /** Bubblewrap, or the test is skipped by its name; where CI is set it fails. */
  static Sandbox bubblewrap(Path scratch) {
    return switch (Sandboxes.detect(scratch)) {
      case Detection.Available(Sandbox sandbox) -> sandbox;
      case Detection.Missing(String reason, String mend) -> {
        String message = "needs bubblewrap: " + reason + "; run: " + mend;
        if ("true".equals(System.getenv("CI"))) {
          throw new AssertionError(message);
        }
        yield abort(message);
      }
    };
  }
}
