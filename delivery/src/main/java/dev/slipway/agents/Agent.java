package dev.slipway.agents;

import dev.slipway.change.Stage;
import dev.slipway.policy.Report;

/**
 * Has one job: to find out what its gate needs to know. An agent looks, builds and measures; it
 * never moves production and compares nothing with a limit.
 */
public interface Agent {
  /** The stage whose gate it reports to. */
  Stage stage();

  /**
   * Finds out and reports. May be run again for the same assignment after a crash.
   *
   * @throws InterruptedException when the report is no longer wanted
   */
  Report run(Assignment assignment) throws InterruptedException;
}
