package dev.slipway.policy.judge;

import dev.slipway.policy.Verdict;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalDouble;
import org.apache.commons.statistics.inference.AlternativeHypothesis;
import org.apache.commons.statistics.inference.MannWhitneyUTest;

/**
 * A latency quantile that is recorded once per row, against the concurrent baseline's. Two tests
 * share the false alarms: whether the canary's rows are shifted, looked at row by row, and Mann and
 * Whitney's rank test over all rows ("On a test of whether one of two random variables is
 * stochastically larger than the other", 1947), which must not be looked at before the end.
 */
final class RowComparison implements Metric {
  private static final int ROWS_MIN = 5;
  private static final double WATCHED = 0.75;

  /** Level of the rank test at which the canary does not pass, though it does not fail. */
  private static final double SUSPICIOUS = 0.01;

  private final String name;
  private final double quantile;
  private final int index;
  private final JudgeLimits limits;
  private final double alpha;
  private final RowTest shift;
  private final Series canaries = new Series();
  private final Series baselines = new Series();
  private final Series tolerated = new Series();
  private Optional<Instant> shiftedAt = Optional.empty();

  /**
   * @param quantile between 0 and 1
   * @param index which of the recording's quantiles it is
   */
  RowComparison(
      String name, double quantile, int index, double alpha, JudgeLimits limits, Onsets onsets) {
    this.name = name;
    this.quantile = quantile;
    this.index = index;
    this.limits = limits;
    this.alpha = alpha;
    this.shift = new RowTest(alpha * WATCHED, onsets);
  }

  void add(Tick tick) {
    double mine = tick.canary().latency(index);
    double theirs = tick.baseline().latency(index);
    if (!(mine > 0 && theirs > 0)) {
      return;
    }
    double bound = LatencyShift.tolerated(theirs, limits);
    shift.add(tick.from(), Math.log(mine / bound));
    if (shiftedAt.isEmpty() && shift.evidence().rejects()) {
      shiftedAt = Optional.of(tick.last());
    }
    canaries.add(mine);
    baselines.add(theirs);
    tolerated.add(bound);
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public Optional<Instant> failedAt() {
    return shiftedAt;
  }

  @Override
  public Optional<Instant> sharedSince() {
    return Optional.empty();
  }

  @Override
  public Verdict verdict(Phase phase) {
    if (shiftedAt.isPresent()) {
      return fail(sentence() + shift.evidence().onset());
    }
    if (canaries.size() == 0) {
      return ComparisonMetric.noBaseline(name, limits);
    }
    return phase == Phase.OVER ? atEnd() : holds(phase);
  }

  private Verdict atEnd() {
    if (canaries.size() < ROWS_MIN) {
      return inconclusive(
          Rules.TOO_LITTLE_TRAFFIC,
          "Only %d rows have a value for %s; %d are needed."
              .formatted(canaries.size(), name, ROWS_MIN));
    }
    double chance = chanceOfRanks();
    if (chance < alpha * (1 - WATCHED)) {
      return fail(sentence() + " Seen over all rows together, that is no chance.");
    }
    if (chance < SUSPICIOUS || shift.evidence().suspects()) {
      return suspicious(shift.evidence().onset());
    }
    return shift.evidence().rises() ? rising() : holds(Phase.OVER);
  }

  /**
   * The probability that the canary's rows rank so high by chance, were they no slower than
   * tolerated; 1 unless their middle is. Equal values are told apart in the canary's favour:
   * without ties the test is exact for few rows.
   */
  private double chanceOfRanks() {
    if (!(canaries.median().orElseThrow() > tolerated.median().orElseThrow())) {
      return 1;
    }
    return MannWhitneyUTest.withDefaults()
        .with(AlternativeHypothesis.GREATER_THAN)
        .test(apart(canaries, -1), apart(tolerated, 1))
        .getPValue();
  }

  private static double[] apart(Series series, int direction) {
    double[] values = series.toArray();
    for (int i = 0; i < values.length; i++) {
      values[i] *= 1 + direction * 1e-9 * (i + 1) / values.length;
    }
    return values;
  }

  @Override
  public String sentence() {
    return "The canary's %s is %s in the middle of %d rows and the baseline's %s; %.0f %% more is tolerated%s."
        .formatted(
            RowLatency.label(quantile),
            Words.millis(canaries.median()),
            canaries.size(),
            Words.millis(baselines.median()),
            limits.baselineTolerance() * 100,
            RowLatency.WEAKER);
  }

  @Override
  public OptionalDouble canary() {
    return canaries.median();
  }

  @Override
  public OptionalDouble baseline() {
    return baselines.median();
  }

  @Override
  public OptionalDouble limit() {
    return tolerated.median();
  }
}
