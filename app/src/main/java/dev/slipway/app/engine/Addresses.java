package dev.slipway.app.engine;

import dev.slipway.change.ChangeId;
import dev.slipway.change.Slot;

/**
 * Where entities are reached: by their names, wherever they live and however often they were
 * started again. Today that is this process; cluster sharding has the same shape.
 */
interface Addresses {
  void tell(ChangeId change, ChangeMessage message);

  void tell(Slot slot, LeaseMessage message);
}
