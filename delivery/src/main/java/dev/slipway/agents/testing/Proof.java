package dev.slipway.agents.testing;

import java.time.Duration;
import java.util.List;

/**
 * What became of one generated test.
 *
 * @param steps what was tried, in order, up to the one that failed
 */
record Proof(Verdict verdict, List<Step> steps) {
  Proof {
    steps = List.copyOf(steps);
  }

  /** One step of the proof, as measured. */
  record Step(String name, String measured, Duration took) {}

  /** What follows for the test. */
  sealed interface Verdict {
    /** It holds. */
    record Holds() implements Verdict {}

    /** It does not, and the model may mend it with what the tools said. */
    record Repairable(String reason, String output) implements Verdict {}

    /** It does not, and is not wanted. */
    record Dropped(String reason) implements Verdict {}
  }
}
