package dev.slipway.bench.judge;

import dev.slipway.bench.judge.Contestant.Call;
import dev.slipway.bench.judge.Contestant.Outcome;
import dev.slipway.policy.Verdict;
import dev.slipway.policy.judge.Arm;
import dev.slipway.policy.judge.CanaryJudge;
import dev.slipway.policy.judge.FileJudge;
import dev.slipway.policy.judge.Interval;
import dev.slipway.policy.judge.JudgeLimits;
import dev.slipway.policy.judge.Recording;
import dev.slipway.policy.judge.Row;
import dev.slipway.policy.judge.Standing;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import org.apache.commons.statistics.inference.AlternativeHypothesis;
import org.apache.commons.statistics.inference.MannWhitneyUTest;

/** The judges that are compared. */
final class Contestants {
  /** Intervals of five seconds per row of a recording: a row every ten seconds. */
  static final int INTERVALS_PER_ROW = 2;

  private static final double ERROR_RATE_MAX = 0.005;
  private static final double P99_MAX = 800;

  private Contestants() {}

  static List<Contestant> all() {
    return List.of(live(), file(INTERVALS_PER_ROW), plain(1), plain(3), mannWhitney());
  }

  private record Named(String name, Function<Rollout, Outcome> how) implements Contestant {
    @Override
    public Outcome judge(Rollout rollout) {
      return how.apply(rollout);
    }
  }

  /** Ours on histograms while the canary runs. */
  static Contestant live() {
    return new Named("ours, live", Contestants::live);
  }

  private static Outcome live(Rollout rollout) {
    CanaryJudge judge = CanaryJudge.begin(JudgeLimits.DEFAULT, Rollout.START);
    for (Interval interval : rollout.intervals()) {
      if (judge.observe(interval) instanceof Standing.Decided decided) {
        return outcome(decided);
      }
    }
    return switch (judge.conclude(Rollout.START.plus(Rollout.WINDOW))) {
      case Standing.Decided decided -> outcome(decided);
      case Standing.MoreTime more -> new Outcome(Call.UNDECIDED, Rollout.WINDOW);
      case Standing.Undecided undecided -> new Outcome(Call.UNDECIDED, Rollout.WINDOW);
    };
  }

  private static Outcome outcome(Standing.Decided decided) {
    Duration after = Duration.between(Rollout.START, decided.at());
    return switch (decided.verdict()) {
      case Verdict.Pass() -> new Outcome(Call.PASS, after);
      case Verdict.Fail(var reasons) -> new Outcome(Call.FAIL, after);
      case Verdict.Inconclusive(var reasons) -> new Outcome(Call.UNDECIDED, after);
      case Verdict.NotRun(var reasons) -> new Outcome(Call.UNDECIDED, after);
      case Verdict.NotApplicable(var why) -> new Outcome(Call.UNDECIDED, after);
    };
  }

  /** Ours on a recording that has one p99 per row. */
  static Contestant file(int intervalsPerRow) {
    return new Named(
        "ours, file",
        rollout -> {
          Recording recording = rollout.recording(intervalsPerRow);
          return outcome(
              FileJudge.judge(recording, JudgeLimits.DEFAULT.withWindow(recording.span())));
        });
  }

  /** Fails when a row is over a limit this many times in succession; what is not seen passes. */
  static Contestant plain(int inSuccession) {
    return new Named(
        inSuccession == 1 ? "plain threshold" : inSuccession + " in a row",
        rollout -> {
          int over = 0;
          for (Row row : rollout.recording(INTERVALS_PER_ROW).rows()) {
            if (row.arm() == Arm.CANARY) {
              boolean bad =
                  row.errors() / row.requests() > ERROR_RATE_MAX
                      || row.latencies().getFirst() > P99_MAX;
              over = bad ? over + 1 : 0;
            }
            if (over >= inSuccession) {
              return new Outcome(Call.FAIL, Duration.between(Rollout.START, row.time()));
            }
          }
          return new Outcome(Call.PASS, Rollout.WINDOW);
        });
  }

  /**
   * Mann and Whitney's test of canary against baseline every minute, as Kayenta does it: at 98 %
   * confidence, with a tolerance of a quarter of the baseline's middle; no absolute limits.
   */
  static Contestant mannWhitney() {
    return new Named(
        "Mann–Whitney",
        rollout -> {
          List<Row> rows = rollout.recording(INTERVALS_PER_ROW).rows();
          for (int minute = 1; minute <= 10; minute++) {
            Duration now = Duration.ofMinutes(minute);
            List<Row> seen =
                rows.stream().filter(row -> row.time().isBefore(Rollout.START.plus(now))).toList();
            if (higher(seen, row -> row.errors() / row.requests())
                || higher(seen, row -> row.latencies().getFirst())) {
              return new Outcome(Call.FAIL, now);
            }
          }
          boolean seen = rows.stream().anyMatch(r -> r.arm() == Arm.CANARY && r.requests() > 0);
          return new Outcome(seen ? Call.PASS : Call.UNDECIDED, Rollout.WINDOW);
        });
  }

  private static boolean higher(List<Row> rows, ToDoubleFunction<Row> value) {
    double[] canary = values(rows, Arm.CANARY, value);
    double[] baseline = values(rows, Arm.BASELINE, value);
    if (canary.length < 3 || baseline.length < 3) {
      return false;
    }
    double tolerance = 0.25 * middle(baseline);
    double[] tolerated = Arrays.stream(baseline).map(x -> x + tolerance).toArray();
    return MannWhitneyUTest.withDefaults()
            .with(AlternativeHypothesis.GREATER_THAN)
            .test(canary, tolerated)
            .getPValue()
        < 0.01;
  }

  private static double middle(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return sorted[sorted.length / 2];
  }

  private static double[] values(List<Row> rows, Arm arm, ToDoubleFunction<Row> value) {
    List<Double> out = new ArrayList<>();
    for (Row row : rows) {
      if (row.arm() == arm && Double.isFinite(value.applyAsDouble(row))) {
        out.add(value.applyAsDouble(row));
      }
    }
    return out.stream().mapToDouble(Double::doubleValue).toArray();
  }
}
