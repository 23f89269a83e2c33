package dev.slipway.policy.judge;

import java.util.OptionalDouble;

/** Error metrics of a recording: by counts where it has them, else by rates per row. */
final class RowErrors {
  private static final String WEAKER = " (rates without numbers of requests: the weaker test)";
  private static final double HALF = 0.5;

  private final JudgeLimits limits;
  private final Onsets onsets;

  RowErrors(JudgeLimits limits, Onsets onsets) {
    this.limits = limits;
    this.onsets = onsets;
  }

  Fed counted(double alpha) {
    LimitTest test = new LimitTest(limits.errorRateMax(), alpha, limits, onsets);
    Metric metric = ErrorMetrics.limit(test, alpha, limits);
    return new Fed(metric, tick -> test.add(tick.failures()));
  }

  Fed countedAgainstBaseline(double alpha) {
    ComparisonTest test = ErrorMetrics.comparisonTest(alpha, limits, onsets);
    Metric metric = ErrorMetrics.comparison(test, limits);
    return new Fed(metric, tick -> test.add(tick.failures()));
  }

  Fed rated(double alpha) {
    double limit = Math.clamp(limits.errorRateMax(), 1e-5, 1);
    RateTest canary = new RateTest(limit, alpha, onsets);
    RateTest baseline = new RateTest(limit, alpha, onsets);
    Blame blame = new Blame(canary.evidence(), baseline.evidence(), baseline::over);
    RowMetric.Face face =
        new RowMetric.Face(
            ErrorMetrics.RATE,
            () ->
                "The canary's error rate is %s in the mean of %d rows and the baseline's %s; at most %s is allowed%s."
                    .formatted(
                        Words.percent(canary.mean()),
                        canary.rows(),
                        Words.percent(baseline.mean()),
                        Words.percent(limit),
                        WEAKER),
            () -> finite(canary.mean()),
            () -> finite(baseline.mean()),
            () -> OptionalDouble.of(limits.errorRateMax()));
    Metric metric =
        new RowMetric(
            face, blame, canary::rows, rowsNeeded(), () -> RowLatency.noData(ErrorMetrics.RATE));
    return new Fed(
        metric,
        tick -> {
          add(tick, tick.baseline().rate(), baseline);
          add(tick, tick.canary().rate(), canary);
          blame.update(tick.last());
        });
  }

  private static void add(Tick tick, double rate, RateTest test) {
    if (!Double.isNaN(rate)) {
      test.add(tick.from(), rate);
    }
  }

  private static OptionalDouble finite(double value) {
    return Double.isNaN(value) ? OptionalDouble.empty() : OptionalDouble.of(value);
  }

  /** Rows after which a steady rate of {@code effect} times the limit is rejected. */
  private int rowsNeeded() {
    return 10;
  }

  /** Row by row, whether the canary's rate is beyond what the baseline's tolerates: a sign test. */
  Fed ratedAgainstBaseline(double alpha) {
    CountTest test = new CountTest(Alternatives.around(limits.effect()), alpha, onsets);
    Blame blame =
        new Blame(test.evidence(), new Evidence(new double[0], alpha, onsets), part -> false);
    Series canaries = new Series();
    Series baselines = new Series();
    RowMetric.Face face =
        new RowMetric.Face(
            ErrorMetrics.RATE_VS_BASELINE,
            () ->
                "The canary's error rate is %s in the mean of %d rows and the baseline's %s%s."
                    .formatted(
                        Words.percent(canaries.mean().orElse(0)),
                        canaries.size(),
                        Words.percent(baselines.mean().orElse(0)),
                        WEAKER),
            canaries::mean,
            baselines::mean,
            () -> tolerated(baselines.mean()));
    Metric metric =
        new RowMetric(
            face,
            blame,
            canaries::size,
            1,
            () -> ComparisonMetric.noBaseline(ErrorMetrics.RATE_VS_BASELINE, limits));
    return new Fed(
        metric,
        tick -> {
          double mine = tick.canary().rate();
          double theirs = tick.baseline().rate();
          if (!Double.isNaN(mine) && !Double.isNaN(theirs)) {
            canaries.add(mine);
            baselines.add(theirs);
            boolean worse = mine > tolerated(OptionalDouble.of(theirs)).getAsDouble();
            test.add(tick.from(), new Counts(worse ? 1 : 0, 1), HALF, 1);
            blame.update(tick.last());
          }
        });
  }

  private OptionalDouble tolerated(OptionalDouble rate) {
    return rate.isEmpty()
        ? rate
        : OptionalDouble.of(
            Math.max(ErrorMetrics.ratio(limits) * rate.getAsDouble(), ErrorMetrics.trifle(limits)));
  }
}
