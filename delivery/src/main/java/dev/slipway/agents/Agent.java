package dev.slipway.agents;

import dev.slipway.change.Stage;
import dev.slipway.policy.Check;
import dev.slipway.policy.Report;
import java.util.List;

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

  /**
   * What the agent tries of a version that runs, by itself: nothing is measured or kept. So that it
   * can be tried of another version in the same place as well.
   *
   * @throws InterruptedException when the answer is no longer wanted
   */
  default List<Check> checks(Assignment assignment) throws InterruptedException {
    return List.of();
  }
}
