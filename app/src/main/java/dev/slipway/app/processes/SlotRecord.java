package dev.slipway.app.processes;

import dev.slipway.policy.Share;
import dev.slipway.target.Epoch;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a slot is to be, as written on disk before it is made so.
 *
 * @param epoch the highest epoch obeyed
 * @param puts counts the splits given to the router under that epoch
 * @param leaving instances that are no longer wanted, until their processes have ended
 */
record SlotRecord(
    Epoch epoch,
    int puts,
    List<Instance> stable,
    List<Instance> canary,
    List<Instance> leaving,
    Share share,
    Optional<String> health) {
  static final SlotRecord EMPTY =
      new SlotRecord(
          new Epoch(0, 0), 0, List.of(), List.of(), List.of(), Share.NONE, Optional.empty());

  SlotRecord {
    stable = List.copyOf(stable);
    canary = List.copyOf(canary);
    leaving = List.copyOf(leaving);
  }

  SlotRecord at(Epoch newer) {
    return newer.equals(epoch)
        ? this
        : new SlotRecord(newer, 0, stable, canary, leaving, share, health);
  }

  SlotRecord nextPut() {
    return new SlotRecord(epoch, puts + 1, stable, canary, leaving, share, health);
  }

  SlotRecord withCanary(List<Instance> instances, Share newShare, Optional<String> path) {
    return new SlotRecord(epoch, puts, stable, instances, leaving, newShare, path);
  }

  SlotRecord withShare(Share newShare) {
    return new SlotRecord(epoch, puts, stable, canary, leaving, newShare, health);
  }

  /** The canary is the stable version now, and the old stable one leaves. */
  SlotRecord promoted() {
    return new SlotRecord(
        epoch, puts, canary, List.of(), joined(leaving, stable), Share.NONE, health);
  }

  /** Only the stable version is left. */
  SlotRecord withoutCanary() {
    return new SlotRecord(
        epoch, puts, stable, List.of(), joined(leaving, canary), Share.NONE, health);
  }

  SlotRecord left() {
    return new SlotRecord(epoch, puts, stable, canary, List.of(), share, health);
  }

  private static List<Instance> joined(List<Instance> first, List<Instance> second) {
    List<Instance> all = new ArrayList<>(first);
    all.addAll(second);
    return all;
  }
}
