package dev.slipway.target;

import dev.slipway.audit.AuditRecord.Decision;
import dev.slipway.audit.Recorded;
import dev.slipway.change.Artifact;
import dev.slipway.change.Slot;
import dev.slipway.policy.Share;
import java.util.Optional;

/**
 * Runs versions and splits traffic between them. Every call states what shall be, under an epoch:
 * doing it twice changes nothing, and an epoch lower than one already obeyed is refused with {@link
 * TargetFault.StaleEpoch}. Moving forward takes a decision that is durable in the audit log; moving
 * back takes none.
 *
 * <p>All methods throw {@link TargetFault} when they could not do what they were told, {@link
 * TargetFault.Unhealthy} when the version itself is at fault; they return only when it is so.
 */
public interface DeployTarget {
  /** Makes the version the one that serves all of the slot's traffic, replacing what was there. */
  Serving install(Recorded<Decision> permit, Rollout rollout, Epoch epoch);

  /** Runs the version beside the stable one and gives it this share of the traffic. */
  Serving shift(Recorded<Decision> permit, Rollout rollout, Share share, Epoch epoch);

  /** Makes the canary the stable version and ends the old one once it has drained. */
  Serving promote(Recorded<Decision> permit, Slot slot, Artifact artifact, Epoch epoch);

  /**
   * Gives all traffic to the stable version and ends the canary. Needs no record: moving back never
   * waits.
   */
  Serving rollBack(Slot slot, Epoch epoch);

  /** What the slot serves now; empty if nothing was ever deployed there. */
  Optional<Serving> serving(Slot slot);
}
