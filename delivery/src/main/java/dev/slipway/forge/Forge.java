package dev.slipway.forge;

import dev.slipway.change.ChangeId;
import dev.slipway.change.PullRequest;

/** Where changes are opened and discussed. */
public interface Forge {
  /** Shows this as the change's status. Showing it twice is harmless. */
  void report(ChangeId change, Status status);

  /**
   * Opens a change that Slipway itself made, with its branch. Said twice, it is opened once; it is
   * open when this returns.
   *
   * @param priority higher is served first in the queue for an environment; 0 is usual
   */
  void open(PullRequest pull, int priority);

  /** What is shown: a state, and a few sentences. */
  record Status(String state, String summary) {}
}
