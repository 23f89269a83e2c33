package dev.slipway.policy.judge;

import java.time.Instant;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * Whether the canary's hits are more frequent than the baseline's, beyond a tolerance and beyond a
 * trifle. Given the hits of both arms in one interval, the canary's share of them is at most its
 * share of the traffic (weighted by the tolerance) if its rate is tolerable, whatever the rates are
 * and however they change over the day; so it is a {@link CountTest} with the hits as trials. See
 * Lindon and Malek, "Anytime-valid inference for multinomial count data" (2022); that a conditional
 * binomial dominates the hypergeometric distribution is Hoeffding (1963).
 */
final class ComparisonTest {
  private final double ratio;
  private final OptionalDouble trifle;
  private final Onsets onsets;
  private final CountTest worse;
  private final CountTest noticeable;
  private final Dispersion dispersion = new Dispersion();
  private Counts canarySum = Counts.NONE;
  private Counts baselineSum = Counts.NONE;
  private int lastPart = -1;
  private int parts;
  private Optional<Instant> brokenAt = Optional.empty();

  /**
   * @param ratio tolerated ratio of the two rates, at least 1
   * @param trifle rate below which the canary's hits do not matter, however few the baseline has
   */
  ComparisonTest(
      double ratio, OptionalDouble trifle, double alpha, JudgeLimits limits, Onsets onsets) {
    this.ratio = ratio;
    this.trifle = trifle;
    this.onsets = onsets;
    Alternatives alternatives = Alternatives.around(limits.effect());
    this.worse = new CountTest(alternatives, alpha, onsets);
    this.noticeable = new CountTest(alternatives, alpha, onsets);
  }

  void add(Traffic traffic) {
    Counts canary = traffic.canary();
    Counts baseline = traffic.baseline();
    if (canary.trials() == 0 || baseline.trials() == 0) {
      return;
    }
    int part = onsets.part(traffic.from());
    if (part != lastPart) {
      lastPart = part;
      parts++;
    }
    dispersion.add(part, baseline);
    canarySum = canarySum.plus(canary);
    baselineSum = baselineSum.plus(baseline);
    double inflation =
        dispersion.inflation(canarySum.trials() / parts, baselineSum.trials() / parts);
    Counts hits = new Counts(canary.hits(), canary.hits() + baseline.hits());
    double weight = canary.trials() * ratio;
    worse.add(traffic.from(), traffic.to(), hits, weight / (weight + baseline.trials()), inflation);
    trifle.ifPresent(rate -> noticeable.add(traffic.from(), traffic.to(), canary, rate, inflation));
    boolean matters = trifle.isEmpty() || noticeable.evidence().crossedAt().isPresent();
    if (brokenAt.isEmpty() && matters && worse.evidence().crossedAt().isPresent()) {
      brokenAt = Optional.of(traffic.to());
    }
  }

  /** When it was decided that the canary is worse. */
  Optional<Instant> brokenAt() {
    return brokenAt;
  }

  boolean suspicious() {
    return worse.evidence().atLeast(Blame.SUSPICION)
        && (trifle.isEmpty() || noticeable.evidence().atLeast(Blame.SUSPICION));
  }

  /** Since when the canary is worse, if not from its start, in words. */
  String onset() {
    return worse
        .evidence()
        .onset()
        .map(since -> " It began about " + Words.time(since) + ".")
        .orElse("");
  }

  Counts canary() {
    return canarySum;
  }

  Counts baseline() {
    return baselineSum;
  }
}
