package dev.slipway.policy.judge;

/** How often something happened in every part of the window, to be asked since any of them. */
final class SharesByPart {
  /** Parts after this many, which only a watch without an end has, are taken together. */
  private static final int LAST = 4 * Onsets.PARTS;

  private final double[] hits = new double[LAST + 1];
  private final double[] trials = new double[LAST + 1];

  void add(int part, double newHits, double newTrials) {
    hits[Math.min(part, LAST)] += newHits;
    trials[Math.min(part, LAST)] += newTrials;
  }

  /** The share from the beginning of that part on; 0 without trials. */
  double since(int part) {
    double tried = sum(trials, part);
    return tried == 0 ? 0 : sum(hits, part) / tried;
  }

  /** The same as counts, where counts were added. */
  Counts countsSince(int part) {
    return new Counts(Math.round(sum(hits, part)), Math.round(sum(trials, part)));
  }

  /** All counts but those of the part that has most hits. */
  Counts countsWithoutWorst() {
    int worst = 0;
    for (int i = 1; i <= LAST; i++) {
      worst = hits[i] > hits[worst] ? i : worst;
    }
    Counts all = countsSince(0);
    return new Counts(
        all.hits() - Math.round(hits[worst]), all.trials() - Math.round(trials[worst]));
  }

  private static double sum(double[] values, int part) {
    double sum = 0;
    for (int i = Math.min(part, LAST); i <= LAST; i++) {
      sum += values[i];
    }
    return sum;
  }
}
