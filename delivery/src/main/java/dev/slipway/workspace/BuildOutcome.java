package dev.slipway.workspace;

import dev.slipway.change.Artifact;

/** What came of making an artifact. */
public sealed interface BuildOutcome {
  /** The artifact, durable in the store if it is a file, and how the build ran. */
  record Built(Artifact artifact, Execution execution) implements BuildOutcome {}

  /**
   * The build ran and left no artifact that can be deployed.
   *
   * @param message one sentence on what went wrong
   * @param outputTail the last lines it printed, masked
   */
  record BuildFailed(String message, String outputTail) implements BuildOutcome {}

  /** The build was not tried or not started: nothing is known of the change. */
  record BuildNotRun(String reason) implements BuildOutcome {}
}
