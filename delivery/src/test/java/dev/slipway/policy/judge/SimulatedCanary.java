package dev.slipway.policy.judge;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.function.DoubleUnaryOperator;

/**
 * A seeded canary under traffic: Poisson arrivals, independent failures, log-normal latencies, all
 * of which may change with the minutes since the start.
 */
final class SimulatedCanary {
  static final Instant START = Instant.parse("2026-01-05T10:00:00Z");

  /** What one arm does, as functions of the minutes since the start. */
  record Arm(
      DoubleUnaryOperator perSecond, DoubleUnaryOperator errorRate, DoubleUnaryOperator median) {
    static Arm of(double perSecond, double errorRate, double medianMillis) {
      return new Arm(t -> perSecond, t -> errorRate, t -> medianMillis);
    }

    Arm failing(DoubleUnaryOperator rate) {
      return new Arm(perSecond, rate, median);
    }

    Arm taking(DoubleUnaryOperator millis) {
      return new Arm(perSecond, errorRate, millis);
    }
  }

  private final SplittableRandom random;
  private final Arm canary;
  private final Arm baseline;
  private final Duration every;

  SimulatedCanary(long seed, Arm canary, Arm baseline, Duration every) {
    this.random = new SplittableRandom(seed);
    this.canary = canary;
    this.baseline = baseline;
    this.every = every;
  }

  List<Interval.Measured> intervals(Duration window) {
    List<Interval.Measured> all = new ArrayList<>();
    Instant end = START.plus(window);
    for (Instant from = START; from.isBefore(end); from = from.plus(every)) {
      double minute = Duration.between(START, from).toMillis() / 60_000.0;
      all.add(
          new Interval.Measured(
              from, from.plus(every), traffic(canary, minute), traffic(baseline, minute)));
    }
    return all;
  }

  private ArmTraffic traffic(Arm arm, double minute) {
    int requests = poisson(arm.perSecond().applyAsDouble(minute) * every.toMillis() / 1000.0);
    int errors = 0;
    TreeMap<Double, Long> counts = new TreeMap<>();
    for (int i = 0; i < requests; i++) {
      errors += random.nextDouble() < arm.errorRate().applyAsDouble(minute) ? 1 : 0;
      double millis = arm.median().applyAsDouble(minute) * Math.exp(0.5 * random.nextGaussian());
      counts.merge(bound(millis), 1L, Long::sum);
    }
    List<Latencies.Bucket> buckets = new ArrayList<>();
    counts.forEach((bound, count) -> buckets.add(new Latencies.Bucket(bound, count)));
    return new ArmTraffic(requests, errors, new Latencies(buckets));
  }

  /** Buckets that grow by 5 %, with one bound at exactly 800 ms. */
  private static double bound(double millis) {
    return 800 * Math.pow(1.05, Math.ceil(Math.log(millis / 800) / Math.log(1.05)));
  }

  private int poisson(double mean) {
    if (mean > 50) {
      return (int) Math.max(0, Math.round(mean + Math.sqrt(mean) * random.nextGaussian()));
    }
    int n = -1;
    double product = 1;
    do {
      product *= random.nextDouble();
      n++;
    } while (product > Math.exp(-mean));
    return n;
  }
}
