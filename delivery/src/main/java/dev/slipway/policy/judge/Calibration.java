package dev.slipway.policy.judge;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * How much slower, or faster, a service is in production than it was in staging, learned from the
 * changes that shipped.
 *
 * <p>Regression through the origin on the logarithm of the ratio, with absolute errors: its
 * solution is the median ratio, which a single odd change cannot move. The interval is the
 * jackknife+ of Barber, Candès, Ramdas and Tibshirani (Predictive inference with the jackknife+,
 * Annals of Statistics 49, 2021): the errors that each change would have had, had it been predicted
 * by the others. It assumes no distribution, and is never narrower than the errors that were made.
 */
public final class Calibration {
  /** How often production's number is to lie in the interval. */
  public static final double CONFIDENCE = 0.9;

  /** With fewer pairs, the interval of that confidence has no end. */
  public static final int PAIRS_MIN = 9;

  /** Until there are enough pairs: production is this much slower or faster than staging. */
  private static final double UNCALIBRATED = 4;

  private final List<Pair> pairs;
  private final double[] ratios;

  private Calibration(List<Pair> pairs) {
    this.pairs = List.copyOf(pairs);
    this.ratios = pairs.stream().mapToDouble(Pair::logRatio).toArray();
  }

  /**
   * One change that shipped.
   *
   * @param change what it is called
   * @param staging its 99th percentile in staging, in milliseconds, above 0
   * @param production the same in production
   */
  public record Pair(String change, double staging, double production) {
    public Pair {
      if (!(staging > 0 && production > 0)
          || !Double.isFinite(staging)
          || !Double.isFinite(production)) {
        throw new IllegalArgumentException("a pair has two finite numbers above 0");
      }
    }

    /** The pair of two runs' 99th percentiles; empty where one has no requests. */
    public static Optional<Pair> of(String change, ArmTraffic staging, ArmTraffic production) {
      OptionalDouble before = staging.p99();
      OptionalDouble after = production.p99();
      return before.isPresent() && before.getAsDouble() > 0 && after.isPresent()
          ? Optional.of(
              new Pair(change, before.getAsDouble(), Math.max(after.getAsDouble(), 0.001)))
          : Optional.empty();
    }

    private double logRatio() {
      return Math.log(production / staging);
    }
  }

  /**
   * What is to be expected in production.
   *
   * @param low the interval's lower end, as {@code expected} and {@code high} in the unit of
   *     staging
   * @param error how far the median prediction of the past was off; 0.1 is 10 %
   * @param pairs how many changes this was learned from
   * @param version the newest of them; {@code none} without any
   */
  public record Forecast(
      double expected, double low, double high, double error, int pairs, String version) {
    /** Whether enough was learned for the interval to mean anything. */
    public boolean calibrated() {
      return pairs >= PAIRS_MIN;
    }
  }

  /**
   * @param pairs the newest change first
   */
  public static Calibration of(List<Pair> pairs) {
    return new Calibration(pairs);
  }

  /** What production will show of a version that showed this in staging. */
  public Forecast forecast(double staging) {
    String version = pairs.isEmpty() ? "none" : pairs.getFirst().change();
    double center = pairs.isEmpty() ? 0 : Scatter.median(ratios.clone());
    double[] errors = new double[ratios.length];
    List<Double> lows = new ArrayList<>();
    List<Double> highs = new ArrayList<>();
    for (int i = 0; i < ratios.length; i++) {
      double others = ratios.length == 1 ? 0 : Scatter.median(without(i));
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
    return new Forecast(
        staging * Math.exp(center),
        staging * Math.exp(low),
        staging * Math.exp(high),
        error,
        ratios.length,
        version);
  }

  private double[] without(int index) {
    double[] others = new double[ratios.length - 1];
    System.arraycopy(ratios, 0, others, 0, index);
    System.arraycopy(ratios, index + 1, others, index, others.length - index);
    return others;
  }
}
