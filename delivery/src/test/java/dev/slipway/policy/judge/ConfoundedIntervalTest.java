package dev.slipway.policy.judge;

import static dev.slipway.policy.judge.SimulatedCanary.START;
import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.policy.Reason;
import dev.slipway.policy.Verdict;
import dev.slipway.policy.judge.SimulatedCanary.Arm;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What the judge makes of intervals in which something else than the canary changed. */
class ConfoundedIntervalTest {
  private static final Duration EVERY = Duration.ofSeconds(5);
  private static final Duration WINDOW = Duration.ofMinutes(10);
  private static final Arm GOOD_CANARY = Arm.of(2.5, 0.001, 100);
  private static final Arm GOOD_BASELINE = Arm.of(47.5, 0.001, 100);

  private static Standing judge(JudgeLimits limits, List<? extends Interval> intervals) {
    CanaryJudge judge = CanaryJudge.begin(limits, START);
    for (Interval interval : intervals) {
      if (judge.observe(interval) instanceof Standing.Decided decided) {
        return decided;
      }
    }
    return judge.conclude(intervals.getLast().to());
  }

  private static Verdict verdict(Standing standing) {
    assertThat(standing).isInstanceOf(Standing.Decided.class);
    return ((Standing.Decided) standing).verdict();
  }

  private static Duration timeTo(Standing standing) {
    return Duration.between(START, ((Standing.Decided) standing).at());
  }

  private static List<String> rules(Verdict verdict) {
    return verdict.reasons().stream().map(Reason::rule).toList();
  }

  /** The same, with every interval set aside in which the predicate holds, by its number. */
  private static List<Interval> settingAside(
      List<Interval.Measured> intervals, IntPredicate confounded) {
    return IntStream.range(0, intervals.size())
        .<Interval>mapToObj(
            i ->
                confounded.test(i)
                    ? new Interval.Confounded(
                        intervals.get(i).from(), intervals.get(i).to(), "flag checkout changed")
                    : intervals.get(i))
        .toList();
  }

  @Test
  void aConfoundedIntervalIsNoEvidenceAndNoTraffic() {
    List<Interval.Measured> all =
        new SimulatedCanary(1, GOOD_CANARY.failing(t -> t < 5 ? 0 : 1), GOOD_BASELINE, EVERY)
            .intervals(WINDOW.dividedBy(2).plus(EVERY.multipliedBy(9)));

    // The canary fails from the 60th interval on, and none of these is looked at.
    Standing standing = judge(JudgeLimits.DEFAULT, settingAside(all, i -> i >= 60));

    assertThat(standing).isInstanceOf(Standing.MoreTime.class);
    assertThat(standing.metrics().getFirst().canary()).hasValue(0);
    assertThat(standing.metrics().getFirst().message()).contains("Only ", "1,250 are needed");
  }

  @Test
  void aCatastropheIsSeenInTheIntervalsAroundAConfoundedOne() {
    for (int flag = 40; flag < 44; flag++) {
      int at = flag;
      List<Interval.Measured> all =
          new SimulatedCanary(
                  flag, GOOD_CANARY.failing(t -> t < 3.4 ? 0 : 0.9), GOOD_BASELINE, EVERY)
              .intervals(WINDOW);
      Standing standing = judge(JudgeLimits.DEFAULT, settingAside(all, i -> i == at));
      assertThat(verdict(standing)).isInstanceOf(Verdict.Fail.class);
      assertThat(timeTo(standing)).isLessThanOrEqualTo(Duration.ofSeconds(204 + 20));
    }
  }

  @Test
  void whereEverythingIsConfoundedTheJudgeIsBlind() {
    List<Interval.Measured> all =
        new SimulatedCanary(1, GOOD_CANARY, GOOD_BASELINE, EVERY).intervals(WINDOW);
    Standing standing = judge(JudgeLimits.DEFAULT, settingAside(all, i -> true));
    assertThat(verdict(standing)).isInstanceOf(Verdict.Inconclusive.class);
    assertThat(rules(verdict(standing))).containsExactly("canary.confounded");
    assertThat(verdict(standing).reasons().getFirst().message()).contains("flag checkout changed");
    assertThat(timeTo(standing)).isEqualTo(Duration.ofSeconds(60));
  }

  @Test
  void blindnessIsNotInterruptedByFlags() {
    List<Interval> blind =
        IntStream.range(0, 20)
            .<Interval>mapToObj(
                i -> {
                  Instant from = START.plusSeconds(5L * i);
                  return i % 2 == 0
                      ? new Interval.Confounded(from, from.plusSeconds(5), "flag a changed")
                      : new Interval.Missed(from, from.plusSeconds(5), "HTTP 500");
                })
            .toList();
    Standing standing = judge(JudgeLimits.DEFAULT, blind);
    assertThat(timeTo(standing)).isEqualTo(Duration.ofSeconds(60));
  }

  @Test
  void aWindowThatIsConfoundedTooOftenIsExtendedOnceAndThenAPersonDecides() {
    List<Interval.Measured> all =
        new SimulatedCanary(1, Arm.of(50, 0, 100), GOOD_BASELINE, EVERY)
            .intervals(WINDOW.multipliedBy(2));
    List<Interval> often = settingAside(all, i -> i % 3 == 0);
    CanaryJudge judge = CanaryJudge.begin(JudgeLimits.DEFAULT, START);
    often.subList(0, 120).forEach(judge::observe);
    assertThat(judge.conclude(START.plus(WINDOW))).isInstanceOf(Standing.MoreTime.class);
    often.subList(120, 240).forEach(judge::observe);
    Standing end = judge.conclude(START.plus(WINDOW.multipliedBy(2)));
    assertThat(verdict(end)).isInstanceOf(Verdict.Inconclusive.class);
    assertThat(rules(verdict(end))).contains("canary.confounded");

    CanaryJudge calmer = CanaryJudge.begin(JudgeLimits.DEFAULT, START);
    settingAside(all.subList(0, 120), i -> i % 10 == 0).forEach(calmer::observe);
    assertThat(verdict(calmer.conclude(START.plus(WINDOW)))).isEqualTo(new Verdict.Pass());
  }
}
