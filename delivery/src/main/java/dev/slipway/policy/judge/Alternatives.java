package dev.slipway.policy.judge;

import java.util.Arrays;

/**
 * How many times worse than allowed something may be, as multiples of the odds, with prior weights:
 * half on the effect a pass must have been able to see, the rest spread from 1.5 to 1024 times.
 */
final class Alternatives {
  private static final double[] SPREAD = {1.5, 2, 8, 32, 128, 1024};

  private final double[] odds;
  private final double[] logOdds;
  private final double[] logWeights;

  private Alternatives(double effectOdds) {
    odds = Arrays.copyOf(SPREAD, SPREAD.length + 1);
    odds[SPREAD.length] = effectOdds;
    logOdds = Arrays.stream(odds).map(Math::log).toArray();
    logWeights = new double[odds.length];
    Arrays.fill(logWeights, Math.log(0.5 / SPREAD.length));
    logWeights[SPREAD.length] = Math.log(0.5);
  }

  /** For an effect given as a multiple of the odds. */
  static Alternatives around(double effectOdds) {
    return new Alternatives(effectOdds);
  }

  /** For an effect given as a multiple of a limit on a rate. */
  static Alternatives around(double effect, double limit) {
    return new Alternatives(oddsOf(worse(effect, limit)) / oddsOf(limit));
  }

  /** The rate that is this many times the limit, kept below one. */
  static double worse(double effect, double limit) {
    return Math.min(effect * limit, (3 + limit) / 4);
  }

  private static double oddsOf(double p) {
    return p / (1 - p);
  }

  int size() {
    return odds.length;
  }

  double odds(int k) {
    return odds[k];
  }

  double logOdds(int k) {
    return logOdds[k];
  }

  double logWeight(int k) {
    return logWeights[k];
  }

  double[] logWeights() {
    return logWeights.clone();
  }
}
