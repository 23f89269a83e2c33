package dev.slipway.app.engine;

import dev.slipway.change.Slot;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Where leases show how they stand, for everyone to read. */
final class LeaseBoard {
  private final Map<Slot, Lease> leases = new ConcurrentHashMap<>();

  void show(Slot slot, LeaseQueue queue) {
    leases.put(
        slot,
        new Lease(
            slot,
            queue.holder().map(it -> new Lease.Place(it.change(), it.since())),
            queue.waiting().stream().map(it -> new Lease.Place(it.change(), it.since())).toList()));
  }

  /** Every lease that is held or waited for, by slot. */
  List<Lease> inUse() {
    return leases.values().stream()
        .filter(lease -> lease.holder().isPresent() || !lease.waiting().isEmpty())
        .sorted((a, b) -> a.slot().compareTo(b.slot()))
        .toList();
  }
}
