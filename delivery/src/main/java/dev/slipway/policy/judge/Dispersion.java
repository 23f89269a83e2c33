package dev.slipway.policy.judge;

/**
 * How much more than chance the counts of a healthy arm vary, because failures come in bursts. It
 * is measured on the baseline, between one part of the window and the next, so that a slow change
 * over the day does not count: with {@code d} the difference of two rates, {@code n} and {@code m}
 * trials and {@code h = nm/(n+m)}, the expectation of {@code d² h / p(1-p)} is {@code 1 + 2ρh},
 * where ρ is the correlation of two trials in the same part (beta-binomial model: Williams, 1982;
 * successive differences: von Neumann, 1941).
 */
final class Dispersion {
  private static final int PARTS_MIN = 5;
  private static final double STANDARD_ERRORS = 2.5;

  /** One part of the window counts at most this much, so that one outage does not blind us. */
  private static final double EXCESS_MAX = 12;

  private static final double INFLATION_MAX = 6;

  private int part = -1;
  private Counts current = Counts.NONE;
  private Counts before = Counts.NONE;
  private Counts all = Counts.NONE;
  private int pairs;
  private double excess;
  private double sizes;
  private double correlation;

  /** Takes in what the baseline showed in this part of the window. */
  void add(int nowPart, Counts counts) {
    if (nowPart != part) {
      close();
      part = nowPart;
    }
    current = current.plus(counts);
  }

  private void close() {
    if (current.trials() == 0) {
      return;
    }
    all = all.plus(current);
    if (before.trials() > 0) {
      pair();
    }
    before = current;
    current = Counts.NONE;
  }

  private void pair() {
    double p = (all.hits() + 0.5) / (all.trials() + 1.0);
    double d =
        (double) current.hits() / current.trials() - (double) before.hits() / before.trials();
    double h = harmonic(current.trials(), before.trials());
    pairs++;
    excess += Math.min(EXCESS_MAX, d * d * h / (p * (1 - p)));
    sizes += h;
    double mean = excess / pairs;
    double error = Math.sqrt((3 + 1 / (sizes / pairs * p)) / pairs);
    boolean beyondChance = pairs >= PARTS_MIN && mean > 1 + STANDARD_ERRORS * error;
    correlation = beyondChance ? (mean - 1) * pairs / (2 * sizes) : 0;
  }

  /** How much the variance of an arm's count of this many trials exceeds a binomial one. */
  double inflation(long trialsPerPart) {
    return Math.min(INFLATION_MAX, 1 + correlation * Math.max(0, trialsPerPart - 1));
  }

  private static double harmonic(long n, long m) {
    return n + m == 0 ? 0 : (double) n / (n + m) * m;
  }
}
