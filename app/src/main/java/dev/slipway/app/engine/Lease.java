package dev.slipway.app.engine;

import dev.slipway.change.ChangeId;
import dev.slipway.change.Slot;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A slot's lease as people see it.
 *
 * @param holder who holds it
 * @param waiting who waits for it, next first
 */
public record Lease(Slot slot, Optional<Place> holder, List<Place> waiting) {
  /** A change's place, and since when. */
  public record Place(ChangeId change, Instant since) {}

  public Lease {
    waiting = List.copyOf(waiting);
  }
}
