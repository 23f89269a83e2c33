package dev.slipway.policy.judge;

import java.time.Instant;

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
 * <p>One spike never decides: no single interval supplies more than about half of what is needed,
 * and without the one that speaks loudest there must still be some evidence. The warm-up counts as
 * one interval. Cutting a term keeps its expectation below one.
 */
final class Evidence {
  /** Odds against chance at which something is suspected, though not decided. */
  private static final double SUSPICION = Math.log(20);

  private final double[] logWeights;
  private final double[] values;
  private final double[] spike;
  private final double[] largest;
  private final int[] since;
  private final double[] caps;
  private final double needed;
  private final Onsets onsets;
  private int part;
  private boolean warmingUp;
  private double best = Double.NEGATIVE_INFINITY;
  private double bestWithoutLargest = Double.NEGATIVE_INFINITY;
  private int bestSince;
  private final double[] tails;
  private final int[] tailsSince;

  /**
   * @param logWeights logarithms of the alternatives' weights, which sum to at most one
   * @param alpha probability of ever crossing under the hypothesis
   */
  Evidence(double[] logWeights, double alpha, Onsets onsets) {
    this.logWeights = logWeights.clone();
    this.values = new double[logWeights.length];
    this.spike = new double[logWeights.length];
    this.largest = new double[logWeights.length];
    this.since = new int[logWeights.length];
    this.caps = new double[logWeights.length];
    this.tails = new double[logWeights.length];
    this.tailsSince = new int[logWeights.length];
    this.needed = Math.log(1 / alpha);
    this.onsets = onsets;
    for (int k = 0; k < values.length; k++) {
      values[k] = Onsets.LOG_FROM_THE_START;
      caps[k] = (needed - logWeights[k] - onsets.logLater()) / 2;
    }
  }

  /**
   * Takes in one interval.
   *
   * @param from when the interval began
   * @param increments the logarithm of each alternative's likelihood ratio
   */
  void add(Instant from, double[] increments) {
    int now = onsets.part(from);
    double restart = now > part ? onsets.logWeight(now) : Double.NEGATIVE_INFINITY;
    part = Math.max(part, now);
    boolean goesOn = warmingUp && onsets.warmingUp(from);
    warmingUp = onsets.warmingUp(from);
    best = Double.NEGATIVE_INFINITY;
    bestWithoutLargest = Double.NEGATIVE_INFINITY;
    for (int k = 0; k < values.length; k++) {
      if (restart > values[k]) {
        restart(k, restart);
      }
      double before = goesOn ? spike[k] : 0;
      spike[k] = Math.min(caps[k], before + increments[k]);
      double increment = spike[k] - before;
      values[k] += increment;
      largest[k] = Math.max(largest[k], spike[k]);
      weigh(k);
      if (tails[k] <= 0) {
        tails[k] = 0;
        tailsSince[k] = part;
      }
      tails[k] += increment;
    }
  }

  private void restart(int k, double value) {
    values[k] = value;
    since[k] = part;
    spike[k] = 0;
    largest[k] = 0;
  }

  private void weigh(int k) {
    double weighted = values[k] + logWeights[k];
    bestWithoutLargest = Math.max(bestWithoutLargest, weighted - largest[k]);
    if (weighted > best) {
      best = weighted;
      bestSince = since[k];
    }
  }

  /** Drops what was gathered: it has found another explanation. */
  void forget() {
    for (int k = 0; k < values.length; k++) {
      restart(k, onsets.logLater());
    }
    best = Double.NEGATIVE_INFINITY;
    bestWithoutLargest = Double.NEGATIVE_INFINITY;
  }

  /** Whether the hypothesis is rejected now, and not on the word of a single interval. */
  boolean rejects() {
    return best >= needed && suspects();
  }

  /** Whether there is some evidence now, even without the interval that speaks loudest. */
  boolean suspects() {
    return bestWithoutLargest >= SUSPICION;
  }

  /**
   * Whether the last tenth of the window, taken by itself, speaks for something that has begun and
   * has not ended: then this is no time to pass.
   */
  boolean rises() {
    for (int k = 0; k < tails.length; k++) {
      if (tails[k] + logWeights[k] >= SUSPICION && tailsSince[k] >= part - onsets.recent()) {
        return true;
      }
    }
    return false;
  }

  /** The part of the window since when things are bad, as far as they are. */
  int since() {
    return bestSince;
  }

  /** Since when things are bad, in words; empty if from the start or not at all. */
  String onset() {
    return bestSince == 0 ? "" : " It began about " + Words.time(onsets.startOf(bestSince)) + ".";
  }
}
