package dev.slipway.policy.judge;

/**
 * Whether the canary's rate of hits keeps to an absolute limit, and whether the baseline's does.
 */
final class LimitTest {
  private static final double LIMIT_MIN = 1e-5;
  private static final double LIMIT_MAX = 1 - 1e-5;

  private final double limit;
  private final Onsets onsets;
  private final CountTest canary;
  private final CountTest baseline;
  private final Blame blame;
  private final Dispersion dispersion = new Dispersion();
  private final long trialsNeeded;
  private Counts canarySum = Counts.NONE;
  private Counts baselineSum = Counts.NONE;
  private int lastPart = -1;
  private int parts;

  LimitTest(double limit, double alpha, JudgeLimits limits, Onsets onsets) {
    this.limit = Math.clamp(limit, LIMIT_MIN, LIMIT_MAX);
    this.onsets = onsets;
    Alternatives alternatives = Alternatives.around(limits.effect(), this.limit);
    this.canary = new CountTest(alternatives, alpha, onsets);
    this.baseline = new CountTest(alternatives, alpha, onsets);
    this.blame = new Blame(canary.evidence(), baseline.evidence());
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
    baseline.add(traffic.from(), traffic.baseline(), limit, inflation(baselineSum));
    canary.add(traffic.from(), traffic.canary(), limit, inflation(canarySum));
    blame.update(traffic.to());
  }

  private double inflation(Counts sum) {
    return parts == 0 ? 1 : dispersion.inflation(sum.trials() / parts);
  }

  Blame blame() {
    return blame;
  }

  /** Trials the canary would have needed for its silence to mean something. */
  long trialsNeeded() {
    return (long) Math.ceil(trialsNeeded * inflation(canarySum));
  }

  boolean enough() {
    return canarySum.trials() >= trialsNeeded();
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
