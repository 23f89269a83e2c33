package dev.slipway.policy.judge;

import java.time.Instant;
import java.util.Optional;

/**
 * Whether the canary's rate keeps to an absolute limit. The same is asked of the baseline: if that
 * breaks the limit too when the canary does, the environment is suspected, not the canary.
 */
final class LimitTest {
  /** Odds against chance at which something is suspected, though not yet decided. */
  static final double SUSPICION = 20;

  private static final double LIMIT_MIN = 1e-5;
  private static final double LIMIT_MAX = 1 - 1e-5;

  private final double limit;
  private final Onsets onsets;
  private final CountTest canary;
  private final CountTest baseline;
  private final Dispersion dispersion = new Dispersion();
  private final long trialsNeeded;
  private Counts canarySum = Counts.NONE;
  private Counts baselineSum = Counts.NONE;
  private int lastPart = -1;
  private int parts;
  private Optional<Instant> brokenAt = Optional.empty();
  private Optional<Instant> sharedAt = Optional.empty();

  LimitTest(double limit, double alpha, JudgeLimits limits, Onsets onsets) {
    this.limit = Math.clamp(limit, LIMIT_MIN, LIMIT_MAX);
    this.onsets = onsets;
    Alternatives alternatives = Alternatives.around(limits.effect(), this.limit);
    this.canary = new CountTest(alternatives, alpha, onsets);
    this.baseline = new CountTest(alternatives, alpha, onsets);
    this.trialsNeeded = Power.trialsNeeded(this.limit, alpha, limits.effect(), limits.power());
  }

  void add(Traffic traffic) {
    int part = onsets.part(traffic.from());
    if (part != lastPart) {
      lastPart = part;
      parts++;
    }
    dispersion.add(part, traffic.baseline());
    canarySum = canarySum.plus(traffic.canary());
    baselineSum = baselineSum.plus(traffic.baseline());
    baseline.add(traffic.from(), traffic.to(), traffic.baseline(), limit, inflation(baselineSum));
    canary.add(traffic.from(), traffic.to(), traffic.canary(), limit, inflation(canarySum));
    decide();
  }

  private double inflation(Counts sum) {
    return dispersion.inflation(sum.trials() / parts);
  }

  private void decide() {
    if (brokenAt.isPresent() || sharedAt.isPresent()) {
      return;
    }
    if (baselineSuspected()) {
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

  private boolean baselineSuspected() {
    return baselineBroken() || baseline.atLeast(SUSPICION);
  }

  /** Whether the evidence, as it stands, speaks against the canary without deciding. */
  boolean suspicious() {
    return canary.atLeast(SUSPICION);
  }

  /** Trials the canary would have needed for its silence to mean something. */
  long trialsNeeded() {
    return (long) Math.ceil(trialsNeeded * inflation(canarySum));
  }

  boolean enough() {
    return canarySum.trials() >= trialsNeeded();
  }

  /** Since when the canary is bad, if not from its start. */
  Optional<Instant> onset() {
    return canary.onset();
  }

  Counts canary() {
    return canarySum;
  }

  Counts baseline() {
    return baselineSum;
  }

  double limit() {
    return limit;
  }
}
