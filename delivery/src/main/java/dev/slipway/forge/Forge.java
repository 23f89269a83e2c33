package dev.slipway.forge;

import dev.slipway.change.ChangeId;

/** Tells the fate of a change where people discuss it. */
public interface Forge {
  /** Shows this as the change's status. Showing it twice is harmless. */
  void report(ChangeId change, Status status);

  /** What is shown: a state, and a few sentences. */
  record Status(String state, String summary) {}
}
