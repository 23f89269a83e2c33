package dev.slipway.target;

import dev.slipway.change.Slot;
import java.util.Optional;

/** Looks at what slots serve; cannot move anything. */
public interface Slots {
  /** What the slot serves now; empty if nothing was ever deployed there. */
  Optional<Serving> serving(Slot slot);
}
