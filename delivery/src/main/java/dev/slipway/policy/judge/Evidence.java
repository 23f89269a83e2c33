package dev.slipway.policy.judge;

import java.time.Instant;
import java.util.Optional;

/**
 * Evidence against a harmless hypothesis, gathered sequentially and valid whenever one looks.
 *
 * <p>Each alternative (how bad) and each onset (since when) has a prior weight and a likelihood
 * ratio whose expectation under the hypothesis is at most one, so that the weighted sum is a
 * non-negative supermartingale, and the probability that it ever reaches 1/α is at most α (Ville
 * 1939; Robbins, "Statistical methods related to the law of the iterated logarithm", 1970; Howard,
 * Ramdas, McAuliffe, Sekhon, "Time-uniform, nonparametric, nonasymptotic confidence sequences",
 * 2021). Kept is the largest weighted term, which never exceeds the sum; over onsets that is Page's
 * CUSUM (1954) with a prior, as in Shin, Ramdas, Rinaldo, "E-detectors" (2024).
 *
 * <p>No single interval may supply more than about half of what is needed: one spike never decides,
 * two do. Cutting a term keeps its expectation below one.
 */
final class Evidence {
  private final double[] logWeights;
  private final double[] values;
  private final int[] since;
  private final double[] caps;
  private final double needed;
  private final Onsets onsets;
  private int part;
  private double best;
  private int bestSince;
  private Optional<Instant> crossedAt = Optional.empty();

  /**
   * @param logWeights logarithms of the alternatives' weights, which sum to at most one
   * @param alpha probability of ever crossing under the hypothesis
   */
  Evidence(double[] logWeights, double alpha, Onsets onsets) {
    this.logWeights = logWeights.clone();
    this.values = new double[logWeights.length];
    this.since = new int[logWeights.length];
    this.caps = new double[logWeights.length];
    this.needed = Math.log(1 / alpha);
    this.onsets = onsets;
    for (int k = 0; k < values.length; k++) {
      values[k] = Onsets.LOG_FROM_THE_START;
      caps[k] = (needed - logWeights[k] - onsets.logLater()) / 2;
    }
    this.best = Double.NEGATIVE_INFINITY;
  }

  /**
   * Takes in one interval.
   *
   * @param from when the interval began
   * @param to when it ended: the time of the decision, should this be it
   * @param increments the logarithm of each alternative's likelihood ratio
   */
  void add(Instant from, Instant to, double[] increments) {
    int now = onsets.part(from);
    double restart = now > part ? onsets.logWeight(now) : Double.NEGATIVE_INFINITY;
    part = Math.max(part, now);
    best = Double.NEGATIVE_INFINITY;
    for (int k = 0; k < values.length; k++) {
      if (restart > values[k]) {
        values[k] = restart;
        since[k] = now;
      }
      values[k] += Math.min(caps[k], increments[k]);
      if (values[k] + logWeights[k] > best) {
        best = values[k] + logWeights[k];
        bestSince = since[k];
      }
    }
    if (crossedAt.isEmpty() && best >= needed) {
      crossedAt = Optional.of(to);
    }
  }

  /** When the hypothesis was first rejected. */
  Optional<Instant> crossedAt() {
    return crossedAt;
  }

  /** Whether the evidence now is at least this many to one. */
  boolean atLeast(double toOne) {
    return best >= Math.log(toOne);
  }

  /** Since when things are bad, if they are. */
  Optional<Instant> onset() {
    return bestSince == 0 ? Optional.empty() : Optional.of(onsets.startOf(bestSince));
  }
}
