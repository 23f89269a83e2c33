package dev.slipway.policy.judge;

import java.util.Arrays;

/** How much traffic a test needs before its silence means something. */
final class Power {
  private static final long TRIALS_MAX = 20_000_000;

  private Power() {}

  /**
   * The least number of trials after which {@link CountTest} would have rejected the limit with the
   * wanted probability, had the rate been {@code effect} times the limit from the start. Exact for
   * one look per trial: the distribution of the hits of streams that have not crossed yet is
   * carried from trial to trial.
   *
   * @return the number of trials, at most 20 million
   */
  static long trialsNeeded(double limit, double alpha, double effect, double power) {
    Boundary boundary = new Boundary(Alternatives.around(effect, limit), limit, alpha);
    double bad = Alternatives.worse(effect, limit);
    double[] alive = {1};
    int reach = 1;
    double seen = 0;
    long n = 0;
    while (seen < power && n < TRIALS_MAX) {
      n++;
      alive = reach == alive.length ? Arrays.copyOf(alive, reach * 2) : alive;
      for (int hits = reach; hits > 0; hits--) {
        alive[hits] = alive[hits] * (1 - bad) + alive[hits - 1] * bad;
      }
      alive[0] *= 1 - bad;
      reach++;
      while (reach > 0 && boundary.crossedBy(reach - 1, n)) {
        reach--;
        seen += alive[reach];
        alive[reach] = 0;
      }
    }
    return n;
  }

  /** How many hits in how many trials make the test reject, counted from the canary's start. */
  private static final class Boundary {
    private final double[] needed;
    private final double[] perHit;
    private final double[] perTrial;

    Boundary(Alternatives alternatives, double limit, double alpha) {
      int size = alternatives.size();
      perHit = new double[size];
      perTrial = new double[size];
      needed = new double[size];
      for (int k = 0; k < size; k++) {
        perHit[k] = alternatives.logOdds(k);
        perTrial[k] = Math.log1p(limit * (alternatives.odds(k) - 1));
        needed[k] = Math.log(1 / alpha) - Onsets.LOG_FROM_THE_START - alternatives.logWeight(k);
      }
    }

    boolean crossedBy(int hits, long trials) {
      for (int k = 0; k < needed.length; k++) {
        if (hits * perHit[k] - trials * perTrial[k] >= needed[k]) {
          return true;
        }
      }
      return false;
    }
  }
}
