package dev.slipway.app.api;

import dev.slipway.change.Slot;
import dev.slipway.target.Release;
import dev.slipway.target.Release.Withdrawal;

/**
 * A service that is held after a change was taken back.
 *
 * @param change the change that was taken back
 * @param repository where it was merged
 * @param commit what its base branch got by it, and has still
 * @param runs what was put back
 */
public record HoldView(
    String environment,
    String service,
    String change,
    String repository,
    String commit,
    String by,
    String reason,
    String runs) {

  /** The hold of a slot whose latest release was put back. */
  public static HoldView of(Slot slot, Release release) {
    Withdrawal withdrawal = release.withdrawal().orElseThrow();
    return new HoldView(
        slot.environment().name(),
        slot.service().value(),
        withdrawal.withdrawn().value(),
        release.repository(),
        withdrawal.commit().hex(),
        withdrawal.by(),
        withdrawal.why(),
        release.artifact().digest().toString());
  }
}
