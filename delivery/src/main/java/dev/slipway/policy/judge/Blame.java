package dev.slipway.policy.judge;

import java.time.Instant;
import java.util.Optional;

/**
 * Whose fault it is when the canary breaks a limit: its own, unless the baseline seems to break the
 * limit at that time too; then the environment is suspected.
 */
final class Blame {
  /** Odds against chance at which something is suspected, though not yet decided. */
  static final double SUSPICION = 20;

  private final Evidence canary;
  private final Evidence baseline;
  private Optional<Instant> brokenAt = Optional.empty();
  private Optional<Instant> sharedAt = Optional.empty();

  Blame(Evidence canary, Evidence baseline) {
    this.canary = canary;
    this.baseline = baseline;
  }

  /** Looks at the evidence after an interval. */
  void update() {
    if (brokenAt.isPresent() || sharedAt.isPresent()) {
      return;
    }
    if (baselineBroken() || baseline.atLeast(SUSPICION)) {
      sharedAt = canary.crossedAt();
    } else {
      brokenAt = canary.crossedAt();
    }
  }

  /** When it was decided that the canary breaks the limit and the baseline does not. */
  Optional<Instant> brokenAt() {
    return brokenAt;
  }

  /** When the canary was seen to break the limit while the baseline seemed to break it too. */
  Optional<Instant> sharedAt() {
    return sharedAt;
  }

  /** Whether the baseline broke the limit at any time. */
  boolean baselineBroken() {
    return baseline.crossedAt().isPresent();
  }

  /** Whether the evidence, as it stands, speaks against the canary without deciding. */
  boolean suspicious() {
    return canary.atLeast(SUSPICION);
  }

  /** Since when the canary is bad, if not from its start, in words. */
  String onset() {
    return canary.onset().map(since -> " It began about " + Words.time(since) + ".").orElse("");
  }
}
