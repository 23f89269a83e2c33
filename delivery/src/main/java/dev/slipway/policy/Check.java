package dev.slipway.policy;

/** Something that was tried and either held or did not, such as one smoke test. */
public record Check(String name, Outcome outcome, String message) {
  /** How it ended. */
  public enum Outcome {
    PASSED,
    FAILED,
    /** It failed, and the version now in production fails it too: the environment is to blame. */
    FAILED_IN_BASELINE_TOO,
    /** It failed and then passed on the same tree. */
    FLAKY,
    NOT_RUN
  }
}
