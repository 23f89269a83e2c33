package dev.slipway.policy.judge;

import dev.slipway.policy.Verdict;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalDouble;
import org.apache.commons.statistics.inference.AlternativeHypothesis;
import org.apache.commons.statistics.inference.FisherExactTest;

/**
 * Whether more of the canary's rows than of the baseline's are far too slow: over twice what is
 * tolerated of the baseline. One instance of several that hangs, or one interval in three, leaves
 * the middle of the rows as it was. Rows of both arms are counted against the same bound, which is
 * known before the step, so a pause that strikes both arms alike condemns neither. While the canary
 * is watched that is a {@link ComparisonTest}; at the end, once, Fisher's exact test ("The logic of
 * inductive inference", 1935). Rows of the warm-up are not counted.
 */
final class SlowRows implements Metric {
  static final String NAME = "latency_slow_rows";
  private static final int ROWS_MIN = 5;
  private static final double FAR = 2;
  private static final double WATCHED = 0.6;

  /** Fewer of the canary's rows than this do not matter. */
  private static final double TRIFLE = 0.05;

  /** Level of the exact test at which the canary does not pass, though it does not fail. */
  private static final double SUSPICIOUS = 0.01;

  /** Odds of a slow row that only the canary has. */
  private static final double ALONE = 100;

  /** How often what is usual is measured anew, once there are many rows. */
  private static final int EVERY = 8;

  private static final int MANY = 64;

  private final String quantile;
  private final int index;
  private final JudgeLimits limits;
  private final double alpha;
  private final Onsets onsets;
  private final ComparisonTest test;
  private final Series tolerated = new Series();
  private double bound = Double.NaN;
  private Optional<Instant> brokenAt = Optional.empty();

  /**
   * @param q the quantile, between 0 and 1
   * @param index which of the recording's quantiles it is
   */
  SlowRows(double q, int index, double alpha, JudgeLimits limits, Onsets onsets) {
    this.quantile = RowLatency.label(q);
    this.index = index;
    this.limits = limits;
    this.alpha = alpha;
    this.onsets = onsets;
    this.test =
        new ComparisonTest(
            1, OptionalDouble.empty(), alpha * WATCHED, Alternatives.around(ALONE), onsets);
  }

  void add(Tick tick) {
    if (bound > 0 && !onsets.warmingUp(tick.from())) {
      test.add(
          new Traffic(
              tick.from(),
              tick.last(),
              tick.canary().slower(index, bound),
              tick.baseline().slower(index, bound)));
      if (brokenAt.isEmpty() && test.brokenAt().isPresent() && matters()) {
        brokenAt = Optional.of(tick.last());
      }
    }
    double usual = tick.baseline().latency(index);
    if (usual > 0) {
      tolerated.add(LatencyShift.tolerated(usual, limits));
      if (tolerated.size() < MANY || tolerated.size() % EVERY == 0) {
        bound = FAR * tolerated.median().orElseThrow();
      }
    }
  }

  private boolean matters() {
    return test.canary().rate().orElse(0) >= TRIFLE;
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Optional<Instant> failedAt() {
    return brokenAt;
  }

  @Override
  public Optional<Instant> sharedSince() {
    return Optional.empty();
  }

  @Override
  public Verdict verdict(Phase phase) {
    if (brokenAt.isPresent()) {
      return fail(sentence() + test.onset());
    }
    if (test.canary().trials() == 0) {
      return ComparisonMetric.noBaseline(NAME, limits);
    }
    return phase == Phase.OVER ? atEnd() : holds(phase);
  }

  private Verdict atEnd() {
    if (test.canary().trials() < ROWS_MIN) {
      return inconclusive(
          Rules.TOO_LITTLE_TRAFFIC,
          "Only %d rows can be compared; %d are needed."
              .formatted(test.canary().trials(), ROWS_MIN));
    }
    double chance = matters() ? chance() : 1;
    if (chance < alpha * (1 - WATCHED)) {
      return fail(sentence());
    }
    return chance < SUSPICIOUS ? suspicious(test.onset()) : holds(Phase.OVER);
  }

  private double chance() {
    return FisherExactTest.withDefaults()
        .with(AlternativeHypothesis.GREATER_THAN)
        .test(new int[][] {split(test.canary()), split(test.baseline())})
        .getPValue();
  }

  private static int[] split(Counts counts) {
    return new int[] {
      Math.toIntExact(counts.hits()), Math.toIntExact(counts.trials() - counts.hits())
    };
  }

  @Override
  public String sentence() {
    return "The canary's %s is over %s, twice what is tolerated, in %s of %s rows, and the baseline's in %s of %s."
        .formatted(
            quantile,
            bound > 0 ? Words.millis(bound) : "no value",
            Words.count(test.canary().hits()),
            Words.count(test.canary().trials()),
            Words.count(test.baseline().hits()),
            Words.count(test.baseline().trials()));
  }

  @Override
  public OptionalDouble canary() {
    return test.canary().rate();
  }

  @Override
  public OptionalDouble baseline() {
    return test.baseline().rate();
  }

  @Override
  public OptionalDouble limit() {
    return test.baseline().rate();
  }
}
