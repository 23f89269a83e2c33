package dev.slipway.policy.judge;

import dev.slipway.policy.Verdict;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.function.Predicate;
import java.util.stream.IntStream;

/**
 * Whether the canary's latencies are shifted against the concurrent baseline's, at the median, the
 * 90th and the 99th percentile. If the canary is at most {@code 1 + tolerance} times as slow, its
 * requests are longer than {@code (1 + tolerance) t} no more often than the baseline's are longer
 * than {@code t}, for every t that is chosen before the interval; t is the baseline's quantile so
 * far. That is a {@link ComparisonTest} of counts, so outliers weigh no more than any other slow
 * request, and sizes may differ.
 */
final class LatencyShift implements Metric {
  static final String NAME = "latency_vs_baseline";

  private static final double[] QUANTILES = {0.5, 0.9, 0.99};

  /** A difference that is this small beside the limit does not matter. */
  private static final double TRIFLE = 1.0 / 160;

  private final JudgeLimits limits;
  private final List<ComparisonTest> tests = new ArrayList<>();
  private Latencies canary = Latencies.NONE;
  private Latencies baseline = Latencies.NONE;

  LatencyShift(double alpha, JudgeLimits limits, Onsets onsets) {
    this.limits = limits;
    for (int i = 0; i < QUANTILES.length; i++) {
      tests.add(
          new ComparisonTest(
              1,
              OptionalDouble.empty(),
              alpha / QUANTILES.length,
              Alternatives.around(limits.effect()),
              onsets));
    }
  }

  void add(Interval.Measured interval) {
    ArmTraffic canaryNow = interval.canary();
    ArmTraffic baselineNow = interval.baseline();
    for (int i = 0; i < QUANTILES.length; i++) {
      OptionalDouble usual = baseline.quantile(QUANTILES[i]);
      if (usual.isPresent()) {
        tests
            .get(i)
            .add(
                new Traffic(
                    interval.from(),
                    interval.to(),
                    canaryNow.slowerThan(tolerated(usual.getAsDouble(), limits)),
                    baselineNow.slowerThan(usual.getAsDouble())));
      }
    }
    canary = canary.plus(canaryNow.latencies());
    baseline = baseline.plus(baselineNow.latencies());
  }

  /** How slow the canary may be where the baseline takes this long, both in milliseconds. */
  static double tolerated(double millis, JudgeLimits limits) {
    return Math.max(
        millis * (1 + limits.baselineTolerance()), millis + TRIFLE * limits.latencyMillis());
  }

  Latencies canaryLatencies() {
    return canary;
  }

  Latencies baselineLatencies() {
    return baseline;
  }

  private OptionalInt broken() {
    return first(test -> test.brokenAt().isPresent());
  }

  private OptionalInt first(Predicate<ComparisonTest> holds) {
    return IntStream.range(0, tests.size()).filter(i -> holds.test(tests.get(i))).findFirst();
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Optional<Instant> failedAt() {
    OptionalInt broken = broken();
    return broken.isPresent() ? tests.get(broken.getAsInt()).brokenAt() : Optional.empty();
  }

  @Override
  public Optional<Instant> sharedSince() {
    return Optional.empty();
  }

  @Override
  public Verdict verdict(Phase phase) {
    OptionalInt broken = broken();
    if (broken.isPresent()) {
      return fail(sentence(broken.getAsInt()) + " That is beyond the tolerance.");
    }
    if (baseline.count() == 0) {
      return ComparisonMetric.noBaseline(NAME, limits);
    }
    OptionalInt suspicious = first(ComparisonTest::suspicious);
    if (phase == Phase.OVER && suspicious.isPresent()) {
      return inconclusive(
          Rules.of(NAME),
          sentence(suspicious.getAsInt()) + " That is suspicious, and not enough to decide.");
    }
    if (phase == Phase.OVER && first(ComparisonTest::rises).isPresent()) {
      return rising();
    }
    return holds(phase);
  }

  private String sentence(int test) {
    double q = QUANTILES[test];
    return "The canary's p%.0f is %s and the baseline's %s; %.0f %% more is tolerated.%s"
        .formatted(
            q * 100,
            Words.millis(canary.quantile(q)),
            Words.millis(baseline.quantile(q)),
            limits.baselineTolerance() * 100,
            tests.get(test).onset());
  }

  @Override
  public String sentence() {
    return sentence(QUANTILES.length - 1);
  }

  @Override
  public OptionalDouble canary() {
    return canary.quantile(0.99);
  }

  @Override
  public OptionalDouble baseline() {
    return baseline.quantile(0.99);
  }

  @Override
  public OptionalDouble limit() {
    OptionalDouble usual = baseline.quantile(0.99);
    return usual.isPresent()
        ? OptionalDouble.of(tolerated(usual.getAsDouble(), limits))
        : OptionalDouble.empty();
  }
}
