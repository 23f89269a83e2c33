package dev.slipway.policy.judge;

import java.time.Instant;
import java.util.Optional;
import java.util.function.IntPredicate;

/**
 * Whose fault it is when the canary breaks a limit: its own, unless the baseline seems to break the
 * limit at that time too; then the environment is suspected for as long as that lasts. While the
 * baseline's own number, since the canary's trouble began, is over the limit and not plainly
 * better, nothing is decided: where both arms are equally bad, chance says which is convicted
 * first.
 */
final class Blame {
  private final Evidence canary;
  private final Evidence baseline;
  private final IntPredicate baselineOver;
  private Optional<Instant> brokenAt = Optional.empty();
  private Optional<Instant> sharedSince = Optional.empty();
  private boolean wasExcused;

  /**
   * @param baselineOver whether the baseline's number is over the limit since that part of the
   *     window began, and not plainly better than the canary's
   */
  Blame(Evidence canary, Evidence baseline, IntPredicate baselineOver) {
    this.canary = canary;
    this.baseline = baseline;
    this.baselineOver = baselineOver;
  }

  /** Looks at the evidence after an interval that ended then. */
  void update(Instant now) {
    if (brokenAt.isPresent()) {
      return;
    }
    boolean excused = baselineBroken();
    if (wasExcused && !excused) {
      // What was gathered while the baseline was bad is the environment's: the canary starts
      // afresh.
      canary.forget();
      sharedSince = Optional.empty();
    }
    wasExcused = excused;
    if (canary.rejects() && excused) {
      sharedSince = sharedSince.or(() -> Optional.of(now));
    } else if (canary.rejects() && !baselineOver.test(canary.since())) {
      brokenAt = Optional.of(now);
    }
  }

  /** When it was decided that the canary breaks the limit and the baseline does not. */
  Optional<Instant> brokenAt() {
    return brokenAt;
  }

  /** Since when canary and baseline have been breaking the limit together. */
  Optional<Instant> sharedSince() {
    return sharedSince;
  }

  /** Whether the baseline breaks the limit, or seems to, as the evidence stands. */
  boolean baselineBroken() {
    return baseline.rejects() || baseline.suspects();
  }

  /** Whether the canary would be convicted, were the baseline not over the limit as well. */
  boolean shared() {
    return canary.rejects() && brokenAt.isEmpty();
  }

  /** Whether the evidence, as it stands, speaks against the canary without deciding. */
  boolean suspicious() {
    return canary.suspects();
  }

  /** Whether something seems to have begun at the end. */
  boolean rises() {
    return canary.rises();
  }

  String onset() {
    return canary.onset();
  }
}
