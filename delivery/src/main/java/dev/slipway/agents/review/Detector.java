package dev.slipway.agents.review;

import dev.slipway.policy.Finding;
import java.util.List;

/**
 * Finds one family of facts in a change. Deterministic, without network, and bounded in time by the
 * size of its input: no text in the change can make it find less.
 */
public interface Detector {
  /** The stable name of the family, such as {@code secrets}. */
  String name();

  /** What it found, or why it could not look. */
  Outcome inspect(Subject subject);

  /** What came of an inspection. */
  sealed interface Outcome {
    /** It looked at everything it is for. */
    record Inspected(List<Finding> findings) implements Outcome {
      public Inspected {
        findings = List.copyOf(findings);
      }
    }

    /** It found these, but could not look at all it is for. */
    record Partly(List<Finding> findings, String why) implements Outcome {
      public Partly {
        findings = List.copyOf(findings);
      }
    }

    /** It needs something this input does not have, such as the old version of a file. */
    record Skipped(String why) implements Outcome {}
  }
}
