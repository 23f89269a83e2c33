package dev.slipway.policy.judge;

import static dev.slipway.policy.judge.SimulatedCanary.START;
import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.policy.Reason;
import dev.slipway.policy.Verdict;
import dev.slipway.policy.judge.JudgeLimits.BaselineUse;
import dev.slipway.policy.judge.SimulatedCanary.Arm;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.LongFunction;
import org.junit.jupiter.api.Test;

class CanaryJudgeTest {
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

  private static Standing judge(long seed, Arm canary, Arm baseline) {
    return judge(
        JudgeLimits.DEFAULT, new SimulatedCanary(seed, canary, baseline, EVERY).intervals(WINDOW));
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

  @Test
  void hundredGoodCanariesAtFivePercentOfFiftyRequestsPerSecondAllPass() {
    for (long seed = 1; seed <= 100; seed++) {
      Standing standing = judge(seed, GOOD_CANARY, GOOD_BASELINE);
      assertThat(verdict(standing)).as("seed %d: %s", seed, standing).isEqualTo(new Verdict.Pass());
      assertThat(timeTo(standing)).isEqualTo(WINDOW);
    }
  }

  @Test
  void catastrophicFailureIsDecidedWithinSeconds() {
    for (long seed = 1; seed <= 50; seed++) {
      Standing standing = judge(seed, GOOD_CANARY.failing(t -> 0.9), GOOD_BASELINE);
      assertThat(verdict(standing)).isInstanceOf(Verdict.Fail.class);
      assertThat(rules(verdict(standing))).contains("canary.error_rate");
      assertThat(timeTo(standing)).isLessThanOrEqualTo(Duration.ofSeconds(15));
    }
  }

  @Test
  void fourTimesTheLimitIsSeenNineTimesOfTen() {
    long seen = failures(200, seed -> judge(seed, GOOD_CANARY.failing(t -> 0.02), GOOD_BASELINE));
    assertThat(seen).isGreaterThanOrEqualTo(180);
  }

  @Test
  void slowCanaryFailsOnAbsoluteLatency() {
    Standing standing = judge(1, GOOD_CANARY.taking(t -> 600), GOOD_BASELINE.taking(t -> 150));
    assertThat(rules(verdict(standing)))
        .containsAnyOf("canary.latency_p99", "canary.latency_vs_baseline");
    assertThat(timeTo(standing)).isLessThan(Duration.ofMinutes(1));
  }

  @Test
  void canaryFarWorseThanAFineBaselineFailsWithinAbsoluteLimits() {
    Standing standing = judge(1, GOOD_CANARY.taking(t -> 160), GOOD_BASELINE);
    assertThat(verdict(standing)).isInstanceOf(Verdict.Fail.class);
    assertThat(rules(verdict(standing))).containsExactly("canary.latency_vs_baseline");
  }

  @Test
  void errorsFarAboveAFineBaselineFailWithinAbsoluteLimits() {
    Arm canary = Arm.of(100, 0.004, 100);
    Arm baseline = Arm.of(500, 0.0002, 100);
    Standing standing = judge(1, canary, baseline);
    assertThat(rules(verdict(standing))).containsExactly("canary.error_rate_vs_baseline");
  }

  @Test
  void leakAfterMinuteNineIsNotHiddenByTheMinutesBefore_C12() {
    long seen =
        failures(
            100,
            seed ->
                judge(
                    seed,
                    GOOD_CANARY.failing(t -> t < 9 ? 0.001 : 0.001 + 0.3 * (t - 9)),
                    GOOD_BASELINE));
    assertThat(seen).isGreaterThanOrEqualTo(95);
  }

  @Test
  void oneErrorInTenRequestsIsNotAFail_C3() {
    List<Interval.Measured> intervals =
        List.of(
            new Interval.Measured(
                START,
                START.plus(WINDOW),
                new ArmTraffic(10, 1, latencies(100, 10)),
                new ArmTraffic(190, 0, latencies(100, 190))));
    Standing standing = judge(JudgeLimits.DEFAULT, intervals);
    assertThat(standing).isInstanceOf(Standing.MoreTime.class);
    assertThat(((Standing.MoreTime) standing).reasons())
        .extracting(Reason::rule)
        .contains("canary.too_little_traffic");
  }

  @Test
  void moreTimeIsAskedOnceThenAPersonDecides() {
    Arm few = Arm.of(0.5, 0, 100);
    List<Interval.Measured> all =
        new SimulatedCanary(1, few, GOOD_BASELINE, EVERY).intervals(WINDOW.multipliedBy(2));
    CanaryJudge judge = CanaryJudge.begin(JudgeLimits.DEFAULT, START);
    all.subList(0, 120).forEach(judge::observe);
    assertThat(judge.conclude(START.plus(WINDOW))).isInstanceOf(Standing.MoreTime.class);
    all.subList(120, 240).forEach(judge::observe);
    Standing end = judge.conclude(START.plus(WINDOW.multipliedBy(2)));
    assertThat(verdict(end)).isInstanceOf(Verdict.Inconclusive.class);
    assertThat(rules(verdict(end))).contains("canary.too_little_traffic");
  }

  @Test
  void moreTimeMayLeadToAPass() {
    Arm slow = Arm.of(1.6, 0, 100);
    List<Interval.Measured> all =
        new SimulatedCanary(1, slow, GOOD_BASELINE, EVERY).intervals(WINDOW.multipliedBy(2));
    CanaryJudge judge = CanaryJudge.begin(JudgeLimits.DEFAULT, START);
    all.subList(0, 120).forEach(judge::observe);
    assertThat(judge.conclude(START.plus(WINDOW))).isInstanceOf(Standing.MoreTime.class);
    all.subList(120, 240).forEach(judge::observe);
    assertThat(verdict(judge.conclude(START.plus(WINDOW.multipliedBy(2)))))
        .isEqualTo(new Verdict.Pass());
  }

  @Test
  void baselineAsBadAsTheCanaryIsTheEnvironment_C4() {
    for (long seed = 1; seed <= 20; seed++) {
      Standing standing =
          judge(seed, GOOD_CANARY.failing(t -> 0.1), GOOD_BASELINE.failing(t -> 0.1));
      assertThat(verdict(standing)).as("seed %d", seed).isInstanceOf(Verdict.Inconclusive.class);
      assertThat(rules(verdict(standing))).contains("canary.baseline_bad");
    }
  }

  @Test
  void badBaselineNeverPassesAGoodCanary_C4() {
    Standing standing = judge(1, GOOD_CANARY, GOOD_BASELINE.failing(t -> 0.1));
    assertThat(rules(verdict(standing))).containsExactly("canary.baseline_bad");
  }

  @Test
  void canaryMuchWorseThanABadBaselineFails_C4() {
    Standing standing = judge(1, GOOD_CANARY.failing(t -> 0.6), GOOD_BASELINE.failing(t -> 0.02));
    assertThat(verdict(standing)).isInstanceOf(Verdict.Fail.class);
  }

  @Test
  void silentCanaryIsNamedAndNeverAPass_C1() {
    Standing standing = judge(1, Arm.of(0, 0, 100), GOOD_BASELINE);
    assertThat(rules(verdict(standing))).containsExactly("canary.no_data");
    assertThat(timeTo(standing)).isLessThan(Duration.ofMinutes(2));
  }

  @Test
  void canaryThatFallsSilentIsNoticed_C16() {
    Arm dying = new Arm(t -> t < 4 ? 2.5 : 0, t -> 0.001, t -> 100);
    Standing standing = judge(1, dying, GOOD_BASELINE);
    assertThat(rules(verdict(standing))).containsExactly("canary.no_data");
    assertThat(timeTo(standing)).isBetween(Duration.ofMinutes(5), Duration.ofMinutes(6));
  }

  @Test
  void missedIntervalsEndTheWatch_C9() {
    List<Interval> missed =
        java.util.stream.IntStream.range(0, 20)
            .<Interval>mapToObj(
                i ->
                    new Interval.Missed(
                        START.plusSeconds(5L * i), START.plusSeconds(5L * i + 5), "HTTP 500"))
            .toList();
    Standing standing = judge(JudgeLimits.DEFAULT, missed);
    assertThat(rules(verdict(standing))).containsExactly("canary.no_data");
    assertThat(timeTo(standing)).isEqualTo(Duration.ofSeconds(60));
  }

  @Test
  void exactlyOnTheThresholdIsNotAFail_C10() {
    List<Interval.Measured> intervals =
        java.util.stream.IntStream.range(0, 120)
            .mapToObj(
                i ->
                    new Interval.Measured(
                        START.plusSeconds(5L * i),
                        START.plusSeconds(5L * i + 5),
                        new ArmTraffic(200, 1, latencies(800, 200)),
                        new ArmTraffic(200, 1, latencies(800, 200))))
            .toList();
    assertThat(verdict(judge(JudgeLimits.DEFAULT, intervals))).isEqualTo(new Verdict.Pass());
  }

  /** The same, with every interval set aside in which the predicate holds, by its number. */
  private static List<Interval> settingAside(
      List<Interval.Measured> intervals, java.util.function.IntPredicate confounded) {
    return java.util.stream.IntStream.range(0, intervals.size())
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
        java.util.stream.IntStream.range(0, 20)
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

  @Test
  void clockJumpOfAnHourIsNamed_C8() {
    List<Interval> jumping =
        new SimulatedCanary(1, GOOD_CANARY, GOOD_BASELINE, EVERY)
            .intervals(WINDOW).stream()
                .<Interval>map(
                    i ->
                        i.from().isBefore(START.plusSeconds(300))
                            ? i
                            : new Interval.Measured(
                                i.from().plus(Duration.ofHours(1)),
                                i.to().plus(Duration.ofHours(1)),
                                i.canary(),
                                i.baseline()))
                .toList();
    assertThat(rules(verdict(judge(JudgeLimits.DEFAULT, jumping)))).contains("canary.clock");
  }

  @Test
  void secondsReadAsMillisecondsAreTwoUnits_C7() {
    Standing standing = judge(1, GOOD_CANARY.taking(t -> 0.1), GOOD_BASELINE);
    assertThat(rules(verdict(standing))).containsExactly("canary.unit");
  }

  @Test
  void frozenMetricsAreNamed_C5() {
    List<Interval.Measured> all =
        new SimulatedCanary(1, GOOD_CANARY, GOOD_BASELINE, EVERY).intervals(WINDOW);
    ArmTraffic stuck = all.get(40).canary();
    List<Interval.Measured> frozen =
        all.stream()
            .map(
                i ->
                    i.from().isBefore(START.plusSeconds(200))
                        ? i
                        : new Interval.Measured(i.from(), i.to(), stuck, i.baseline()))
            .toList();
    assertThat(rules(verdict(judge(JudgeLimits.DEFAULT, frozen)))).containsExactly("canary.frozen");
  }

  @Test
  void canaryWithAllTrafficNeedsNoBaselineIfConfigured() {
    List<Interval.Measured> alone =
        new SimulatedCanary(1, Arm.of(50, 0.001, 100), Arm.of(0, 0, 100), EVERY).intervals(WINDOW);
    assertThat(rules(verdict(judge(JudgeLimits.DEFAULT, alone)))).contains("canary.no_baseline");
    assertThat(verdict(judge(JudgeLimits.DEFAULT.withBaseline(BaselineUse.OPTIONAL), alone)))
        .isEqualTo(new Verdict.Pass());
  }

  @Test
  void theSameIntervalTwiceCountsOnce() {
    List<Interval.Measured> all =
        new SimulatedCanary(3, GOOD_CANARY.failing(t -> 0.01), GOOD_BASELINE, EVERY)
            .intervals(WINDOW);
    CanaryJudge once = CanaryJudge.begin(JudgeLimits.DEFAULT, START);
    CanaryJudge twice = CanaryJudge.begin(JudgeLimits.DEFAULT, START);
    for (Interval interval : all) {
      twice.observe(interval);
      assertThat(twice.observe(interval)).isEqualTo(once.observe(interval));
    }
  }

  @Test
  void nothingPassesBeforeTheWindowIsOver() {
    List<Interval.Measured> half =
        new SimulatedCanary(1, Arm.of(50, 0, 100), GOOD_BASELINE, EVERY)
            .intervals(WINDOW.dividedBy(2));
    assertThat(judge(JudgeLimits.DEFAULT, half)).isInstanceOf(Standing.MoreTime.class);
  }

  @Test
  void coarseHistogramThatCannotTellIsSaid() {
    Latencies coarse =
        new Latencies(List.of(new Latencies.Bucket(500, 100), new Latencies.Bucket(1000, 100)));
    List<Interval.Measured> intervals =
        java.util.stream.IntStream.range(0, 120)
            .mapToObj(
                i ->
                    new Interval.Measured(
                        START.plusSeconds(5L * i),
                        START.plusSeconds(5L * i + 5),
                        new ArmTraffic(200, 0, coarse),
                        new ArmTraffic(200, 0, coarse)))
            .toList();
    assertThat(rules(verdict(judge(JudgeLimits.DEFAULT, intervals))))
        .containsExactly("canary.resolution");
  }

  private static long failures(int streams, LongFunction<Standing> run) {
    long failed = 0;
    for (long seed = 1; seed <= streams; seed++) {
      if (run.apply(seed) instanceof Standing.Decided d && d.verdict() instanceof Verdict.Fail) {
        failed++;
      }
    }
    return failed;
  }

  private static Latencies latencies(double millis, long count) {
    return new Latencies(List.of(new Latencies.Bucket(millis, count)));
  }

  @Test
  void decidedStaysDecided() {
    CanaryJudge judge = CanaryJudge.begin(JudgeLimits.DEFAULT, START);
    List<Interval.Measured> bad =
        new SimulatedCanary(1, GOOD_CANARY.failing(t -> 1), GOOD_BASELINE, EVERY)
            .intervals(Duration.ofMinutes(1));
    bad.forEach(judge::observe);
    Standing decided = judge.observe(bad.getLast());
    assertThat(verdict(decided)).isInstanceOf(Verdict.Fail.class);
    Instant end = START.plus(WINDOW);
    assertThat(judge.conclude(end)).isEqualTo(decided);
  }
}
