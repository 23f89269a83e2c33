package dev.slipway.target;

import dev.slipway.change.Digest;
import dev.slipway.change.Slot;

/** Remembers which contents failed in production. */
public interface Releases {
  /**
   * This content was rolled back from the slot because it failed there; durable when it returns.
   */
  void rolledBack(Slot slot, Digest artifact);

  /** Whether this content was ever rolled back from the slot. */
  boolean wasRolledBack(Slot slot, Digest artifact);
}
