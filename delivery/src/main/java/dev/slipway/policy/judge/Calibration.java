package dev.slipway.policy.judge;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * How much slower, or faster, a service is in production than it was in staging, learned from the
 * changes that shipped.
 *
 * <p>What is known to differ is divided out first: staging's number by the factors that were in
 * force when it was measured. The rest is learned by regression through the origin on the logarithm
 * of the ratio, with absolute errors: its solution is the median ratio, which a single odd change
 * cannot move. The interval is the jackknife+ of Barber, Candès, Ramdas and Tibshirani (Predictive
 * inference with the jackknife+, Annals of Statistics 49, 2021): the errors that each change would
 * have had, had it been predicted by the others. It assumes no distribution, and is never narrower
 * than the errors that were made.
 *
 * <p>A factor that is changed together with the environment leaves the ratios as they are, so
 * nothing that was learned is lost. A factor that was stated wrongly cannot be told from that; but
 * as soon as {@link #PAIRS_MIN} changes have shipped under the factors now in force, only these
 * count, and then the factors cancel out.
 */
public final class Calibration {
  /** How often production's number is to lie in the interval. */
  public static final double CONFIDENCE = 0.9;

  /** With fewer pairs, the interval of that confidence has no end. */
  public static final int PAIRS_MIN = 9;

  /** Until there are enough pairs: production is this much slower or faster than staging. */
  private static final double UNCALIBRATED = 4;

  private final List<Pair> pairs;

  private Calibration(List<Pair> pairs) {
    this.pairs = List.copyOf(pairs);
  }

  /**
   * One change that shipped.
   *
   * @param change what it is called
   * @param staging its 99th percentile in staging, in milliseconds, above 0
   * @param production the same in production
   * @param factors what staging was known to differ by when it was measured there
   */
  public record Pair(String change, double staging, double production, Factors factors) {
    public Pair {
      if (!(staging > 0 && production > 0)
          || !Double.isFinite(staging)
          || !Double.isFinite(production)) {
        throw new IllegalArgumentException("a pair has two finite numbers above 0");
      }
    }

    /** The pair of two runs' 99th percentiles; empty where one has no requests. */
    public static Optional<Pair> of(
        String change, ArmTraffic staging, ArmTraffic production, Factors factors) {
      OptionalDouble before = staging.p99();
      OptionalDouble after = production.p99();
      return before.isPresent() && before.getAsDouble() > 0 && after.isPresent()
          ? Optional.of(
              new Pair(change, before.getAsDouble(), Math.max(after.getAsDouble(), 0.001), factors))
          : Optional.empty();
    }

    private double logRatio() {
      return Math.log(production / (staging / factors.product()));
    }
  }

  /**
   * @param pairs the newest change first
   */
  public static Calibration of(List<Pair> pairs) {
    return new Calibration(pairs);
  }

  /**
   * What production will show of a version.
   *
   * @param staging what it showed in staging
   * @param factors what staging was known to differ by then
   */
  public Forecast forecast(double staging, Factors factors) {
    List<Pair> learned = learnedFrom(factors);
    double[] ratios = learned.stream().mapToDouble(Pair::logRatio).toArray();
    double center = ratios.length == 0 ? 0 : Scatter.median(ratios.clone());
    double[] errors = new double[ratios.length];
    List<Double> lows = new ArrayList<>();
    List<Double> highs = new ArrayList<>();
    for (int i = 0; i < ratios.length; i++) {
      double others = ratios.length == 1 ? 0 : Scatter.median(without(ratios, i));
      errors[i] = Math.abs(ratios[i] - others);
      lows.add(others - errors[i]);
      highs.add(others + errors[i]);
    }
    double error = ratios.length == 0 ? 0 : Math.expm1(Scatter.median(errors));
    double low = center - Math.log(UNCALIBRATED);
    double high = center + Math.log(UNCALIBRATED);
    if (ratios.length >= PAIRS_MIN) {
      lows.sort(null);
      highs.sort(null);
      int rank = (int) Math.ceil(CONFIDENCE * (ratios.length + 1));
      low = lows.get(ratios.length - rank);
      high = highs.get(rank - 1);
    }
    double known = staging / factors.product();
    return new Forecast(
        staging,
        known * Math.exp(center),
        known * Math.exp(low),
        known * Math.exp(high),
        error,
        ratios.length,
        learned.isEmpty() ? "none" : learned.getFirst().change(),
        factors);
  }

  /** Those under the same factors, once they are enough; else all. */
  private List<Pair> learnedFrom(Factors factors) {
    List<Pair> same = pairs.stream().filter(pair -> pair.factors().equals(factors)).toList();
    return same.size() >= PAIRS_MIN ? same : pairs;
  }

  private static double[] without(double[] ratios, int index) {
    double[] others = new double[ratios.length - 1];
    System.arraycopy(ratios, 0, others, 0, index);
    System.arraycopy(ratios, index + 1, others, index, others.length - index);
    return others;
  }
}
