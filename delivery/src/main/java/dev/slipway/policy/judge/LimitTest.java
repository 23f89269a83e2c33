package dev.slipway.policy.judge;

import org.apache.commons.statistics.inference.AlternativeHypothesis;
import org.apache.commons.statistics.inference.BinomialTest;

/**
 * Whether the canary's rate of hits keeps to an absolute limit, and whether the baseline's does.
 */
final class LimitTest {
  private static final double LIMIT_MIN = 1e-5;
  private static final double LIMIT_MAX = 1 - 1e-5;
  private static final double DOUBTFUL = 0.05;
  private static final double PLAIN = 1e-3;
  private static final double TRIALS_MAX = 1e9;

  private final double limit;
  private final Onsets onsets;
  private final CountTest canary;
  private final CountTest baseline;
  private final Blame blame;
  private final Dispersion dispersion = new Dispersion();
  private final SharesByPart canaryRates = new SharesByPart();
  private final SharesByPart baselineRates = new SharesByPart();
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
    this.blame = new Blame(canary.evidence(), baseline.evidence(), this::baselineOver);
    this.trialsNeeded = Power.trialsNeeded(this.limit, alpha, limits.effect(), limits.power());
  }

  void add(Traffic traffic) {
    int part = onsets.part(traffic.from());
    if (part != lastPart) {
      lastPart = part;
      parts++;
    }
    dispersion.add(part, traffic.baseline());
    add(canaryRates, part, traffic.canary());
    add(baselineRates, part, traffic.baseline());
    canarySum = canarySum.plus(traffic.canary());
    baselineSum = baselineSum.plus(traffic.baseline());
    baseline.add(traffic.from(), traffic.baseline(), limit, inflation(baselineSum));
    canary.add(traffic.from(), traffic.canary(), limit, inflation(canarySum));
    blame.update(traffic.to());
  }

  private static void add(SharesByPart rates, int part, Counts counts) {
    rates.add(part, (double) counts.hits(), (double) counts.trials());
  }

  private boolean baselineOver(int part) {
    if (baselineRates.since(part) <= limit) {
      return false;
    }
    Counts mine = canaryRates.countsSince(part);
    Counts theirs = baselineRates.countsSince(part);
    double share = (double) mine.trials() / (mine.trials() + theirs.trials());
    return p(mine.hits() + theirs.hits(), mine.hits(), share) >= PLAIN;
  }

  /** The probability of at least as many hits (Clopper and Pearson 1934). */
  private static double p(long trials, long hits, double probability) {
    double scale = Math.min(1, TRIALS_MAX / Math.max(1, trials));
    return BinomialTest.withDefaults()
        .with(AlternativeHypothesis.GREATER_THAN)
        .test((int) Math.round(trials * scale), (int) Math.round(hits * scale), probability)
        .getPValue();
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

  /**
   * Whether the canary's rate over the whole window lies above the limit by more than chance, and
   * still above it without its worst part: one spike is no failure. A test that may be looked at
   * once, when the window is over, and can only keep from passing.
   */
  boolean doubtful() {
    return above(canarySum, canaryRates);
  }

  /** The same of the baseline. */
  boolean baselineDoubtful() {
    return above(baselineSum, baselineRates);
  }

  private boolean above(Counts counts, SharesByPart rates) {
    double inflation = inflation(counts);
    long trials = Math.round(counts.trials() / inflation);
    long hits = Math.round(counts.hits() / inflation);
    return rates.countsWithoutWorst().rate().orElse(0) > limit
        && hits > limit * trials
        && p(trials, hits, limit) < DOUBTFUL;
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
