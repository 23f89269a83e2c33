package dev.slipway.target;

import dev.slipway.change.ChangeId;
import dev.slipway.change.Slot;
import java.time.Instant;

/**
 * A change was rolled back from a slot because production itself was in trouble, not because its
 * canary was found worse than what runs.
 *
 * @param why for people
 * @param at when
 */
public record Setback(Slot slot, ChangeId change, Cause cause, String why, Instant at) {
  /** What showed that production was in trouble. */
  public enum Cause {
    /** The stable version did not keep to the limits while the canary was watched beside it. */
    STABLE_WAS_BAD,
    /** A person took back what had shipped. */
    TAKEN_BACK
  }
}
