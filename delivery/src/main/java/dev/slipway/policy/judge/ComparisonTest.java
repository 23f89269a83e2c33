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
  private final DifferenceDispersion dispersion = new DifferenceDispersion();
  private Counts canarySum = Counts.NONE;
  private Counts baselineSum = Counts.NONE;
  private Optional<Instant> brokenAt = Optional.empty();

  /**
   * @param ratio tolerated ratio of the two rates, at least 1
   * @param trifle rate below which the canary's hits do not matter, however few the baseline has
   * @param alternatives how many times worse than tolerated it may be
   */
  ComparisonTest(
      double ratio, OptionalDouble trifle, double alpha, Alternatives alternatives, Onsets onsets) {
    this.ratio = ratio;
    this.trifle = trifle;
    this.onsets = onsets;
    this.worse = new CountTest(alternatives, alpha, onsets);
    this.noticeable = new CountTest(alternatives, alpha, onsets);
  }

  void add(Traffic traffic) {
    Counts canary = traffic.canary();
    Counts baseline = traffic.baseline();
    if (canary.trials() == 0 || baseline.trials() == 0) {
      return;
    }
    dispersion.add(onsets.part(traffic.from()), canary, baseline);
    canarySum = canarySum.plus(canary);
    baselineSum = baselineSum.plus(baseline);
    double inflation = dispersion.inflation();
    Counts hits = new Counts(canary.hits(), canary.hits() + baseline.hits());
    double weight = canary.trials() * ratio;
    worse.add(traffic.from(), hits, weight / (weight + baseline.trials()), inflation);
    trifle.ifPresent(rate -> noticeable.add(traffic.from(), canary, rate, inflation));
    boolean matters = trifle.isEmpty() || noticeable.evidence().rejects();
    if (brokenAt.isEmpty() && matters && worse.evidence().rejects()) {
      brokenAt = Optional.of(traffic.to());
    }
  }

  /** When it was decided that the canary is worse. */
  Optional<Instant> brokenAt() {
    return brokenAt;
  }

  boolean suspicious() {
    return worse.evidence().suspects() && (trifle.isEmpty() || noticeable.evidence().suspects());
  }

  /** Whether the canary seems to have got worse at the end. */
  boolean rises() {
    return worse.evidence().rises() && (trifle.isEmpty() || noticeable.evidence().rises());
  }

  /** Since when the canary is worse, if not from its start, in words. */
  String onset() {
    return worse.evidence().onset();
  }

  Counts canary() {
    return canarySum;
  }

  Counts baseline() {
    return baselineSum;
  }
}
