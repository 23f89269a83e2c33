package dev.slipway.policy.judge;

import java.time.Instant;

/**
 * A sequential test that hits are no more likely than allowed. With odds k times those of the
 * allowed probability p, {@code h} hits in {@code n} trials have the likelihood ratio {@code k^h /
 * (1 + p (k - 1))^n}; its expectation is one at p and less below (Wald, "Sequential tests of
 * statistical hypotheses", 1945). p may differ from interval to interval.
 */
final class CountTest {
  private final Alternatives alternatives;
  private final Evidence evidence;
  private final double[] perTrial;
  private final double[] increments;
  private double allowed = Double.NaN;

  CountTest(Alternatives alternatives, double alpha, Onsets onsets) {
    this.alternatives = alternatives;
    this.evidence = new Evidence(alternatives.logWeights(), alpha, onsets);
    this.perTrial = new double[alternatives.size()];
    this.increments = new double[alternatives.size()];
  }

  /**
   * @param allowed highest harmless probability of a hit
   * @param inflation at least 1: how much more than chance the counts vary; evidence is divided by
   *     it, which can only weaken it
   */
  void add(Instant from, Counts counts, double allowed, double inflation) {
    price(allowed);
    for (int k = 0; k < increments.length; k++) {
      double logRatio = counts.hits() * alternatives.logOdds(k) - counts.trials() * perTrial[k];
      increments[k] = logRatio / inflation;
    }
    evidence.add(from, increments);
  }

  private void price(double newlyAllowed) {
    if (newlyAllowed == allowed) {
      return;
    }
    allowed = newlyAllowed;
    for (int k = 0; k < perTrial.length; k++) {
      perTrial[k] = Math.log1p(allowed * (alternatives.odds(k) - 1));
    }
  }

  Evidence evidence() {
    return evidence;
  }
}
