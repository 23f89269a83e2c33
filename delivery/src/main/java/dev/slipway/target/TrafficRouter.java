package dev.slipway.target;

import dev.slipway.change.Slot;
import dev.slipway.policy.Share;
import java.net.URI;
import java.util.List;
import java.util.Optional;

/** Splits the traffic of a slot between instances. Loses no request when the split changes. */
public interface TrafficRouter {
  /**
   * Splits the slot's traffic like this from now on; returns when it is so. Doing it again is
   * harmless; an older epoch than one obeyed is refused with {@link TargetFault.StaleEpoch}.
   *
   * @return where clients reach the slot
   */
  URI split(Slot slot, Epoch epoch, Split split);

  /** Where clients reach the slot; empty if it was never split. */
  Optional<URI> endpoint(Slot slot);

  /** How many requests the instance still works on; 0 if the router does not know it. */
  long inFlight(Slot slot, Backend backend);

  /** An instance that serves requests. */
  record Backend(String host, int port) {}

  /**
   * Which instances serve the slot, and the canary's share.
   *
   * @param health path that answers 2xx while an instance is healthy
   */
  record Split(List<Backend> stable, List<Backend> canary, Share share, Optional<String> health) {
    public Split {
      stable = List.copyOf(stable);
      canary = List.copyOf(canary);
    }
  }
}
