package dev.slipway.policy.judge;

/**
 * How much more than chance the difference of the two arms' rates varies from one part of the
 * window to the next, because each instance has moods of its own. The difference of a part is
 * compared with the mean difference before it, so that a canary that is worse all the time does not
 * look moody; what both arms have in common, such as the time of day, cancels. The measure is
 * Pearson's: the squared deviation in units of its binomial variance, in the mean (McCullagh and
 * Nelder, "Generalized linear models", 1989, section 4.5).
 */
final class DifferenceDispersion {
  private static final int PARTS_MIN = 5;
  private static final double STANDARD_ERRORS = 2;

  /** One part counts at most this much, so that a canary that breaks is not excused by it. */
  private static final double EXCESS_MAX = 12;

  private static final double INFLATION_MAX = 6;

  private int part = -1;
  private Counts canary = Counts.NONE;
  private Counts baseline = Counts.NONE;
  private Counts canaries = Counts.NONE;
  private Counts baselines = Counts.NONE;
  private int parts;
  private double sum;
  private int deviations;
  private double excess;
  private double hits;
  private double inflation = 1;

  void add(int nowPart, Counts nowCanary, Counts nowBaseline) {
    if (nowPart != part) {
      close();
      part = nowPart;
    }
    canary = canary.plus(nowCanary);
    baseline = baseline.plus(nowBaseline);
  }

  private void close() {
    if (canary.trials() == 0 || baseline.trials() == 0) {
      return;
    }
    canaries = canaries.plus(canary);
    baselines = baselines.plus(baseline);
    double difference = canary.rate().orElse(0) - baseline.rate().orElse(0);
    if (parts > 0) {
      deviate(difference - sum / parts);
    }
    sum += difference;
    parts++;
    canary = Counts.NONE;
    baseline = Counts.NONE;
  }

  private void deviate(double deviation) {
    double ofCanary = variance(canaries) / canary.trials();
    double ofBaseline = variance(baselines) / baseline.trials();
    double variance = (ofCanary + ofBaseline) * (1 + 1.0 / parts);
    deviations++;
    excess += Math.min(EXCESS_MAX, deviation * deviation / variance);
    hits += Math.min(expected(canaries, canary), expected(baselines, baseline));
    double mean = excess / deviations;
    // The last term is the excess kurtosis of a rare count.
    double error = Math.sqrt((2 + deviations / hits) / deviations);
    boolean beyondChance = deviations >= PARTS_MIN && mean > 1 + STANDARD_ERRORS * error;
    inflation = beyondChance ? Math.min(INFLATION_MAX, mean) : 1;
  }

  private static double rate(Counts counts) {
    return (counts.hits() + 0.5) / (counts.trials() + 1.0);
  }

  private static double variance(Counts counts) {
    return rate(counts) * (1 - rate(counts));
  }

  private static double expected(Counts all, Counts now) {
    return rate(all) * now.trials();
  }

  /** At least 1. */
  double inflation() {
    return inflation;
  }
}
