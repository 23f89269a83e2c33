package dev.slipway.policy.judge;

import static dev.slipway.policy.judge.Arm.BASELINE;
import static dev.slipway.policy.judge.Arm.CANARY;
import static dev.slipway.policy.judge.RecordingBuilder.START;
import static dev.slipway.policy.judge.RecordingBuilder.step;
import static dev.slipway.policy.judge.RecordingBuilder.tenMinutes;
import static dev.slipway.policy.judge.RecordingBuilder.with;
import static dev.slipway.policy.judge.RecordingBuilder.withInstance;
import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.policy.Reason;
import dev.slipway.policy.Verdict;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Recordings as other tools make them, and trouble that hides in the middle of the rows. */
class RecordedTroubleTest {
  private static final Verdict PASS = new Verdict.Pass();

  private static Standing.Decided judge(Recording recording) {
    return FileJudge.judge(recording, JudgeLimits.DEFAULT.withWindow(recording.span()));
  }

  private static List<String> rules(Standing.Decided decided) {
    return decided.verdict().reasons().stream().map(Reason::rule).toList();
  }

  private static RecordingBuilder good(long seed) {
    return tenMinutes(seed).arm(CANARY, 50, 0.001, 200).arm(BASELINE, 500, 0.001, 200);
  }

  /** Rows of instances of one arm, which differ in their latency and in when they are read. */
  private static List<Row> instances(Arm arm, int readMillisApart, double... p99s) {
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < p99s.length; i++) {
      String name = arm.label() + i;
      long lateMillis = (long) i * readMillisApart;
      tenMinutes(name.hashCode()).arm(arm, 50, 0.001, p99s[i]).build().rows().stream()
          .map(row -> withInstance(with(row, row.time().plusMillis(lateMillis)), name))
          .forEach(rows::add);
    }
    return rows;
  }

  private static Recording of(List<Row> canary, List<Row> baseline) {
    List<Row> rows = new ArrayList<>(canary);
    rows.addAll(baseline);
    return new Recording(List.of(0.99), rows);
  }

  @Test
  void oneSlowInstanceOfFourFails() {
    Recording recording =
        of(instances(CANARY, 0, 200, 200, 3000, 200), instances(BASELINE, 0, 200, 200, 200, 200));
    assertThat(rules(judge(recording))).contains("canary.latency_slow_rows");
  }

  @Test
  void instancesReadAtDifferentTimesAreOneStep() {
    Recording recording =
        of(instances(CANARY, 3_100, 200, 200, 200), instances(BASELINE, 2_300, 200, 200, 200));
    assertThat(judge(recording).verdict()).isEqualTo(PASS);
  }

  @Test
  void everyThirdRowSlowNeverPassesAndFailsWithEnoughRows() {
    for (long seed = 1; seed <= 10; seed++) {
      Recording fine =
          new RecordingBuilder(seed, 120, 5)
              .arm(CANARY, 25, i -> 0.001, i -> i % 3 == 2 ? 3000 : 200)
              .arm(BASELINE, 250, 0.001, 200)
              .build();
      assertThat(rules(judge(fine))).contains("canary.latency_slow_rows");
      Recording coarse =
          new RecordingBuilder(seed, 24, 25)
              .arm(CANARY, 125, i -> 0.001, i -> i % 3 == 2 ? 3000 : 200)
              .arm(BASELINE, 1250, 0.001, 200)
              .build();
      assertThat(judge(coarse).verdict()).isNotEqualTo(PASS);
    }
  }

  @Test
  void rowsThatAreSlowInBothArmsAlikeCondemnNeither() {
    for (long seed = 1; seed <= 50; seed++) {
      Recording recording =
          tenMinutes(seed)
              .noise(0.5)
              .arm(CANARY, 100, 0.001, 200)
              .arm(BASELINE, 100, 0.001, 200)
              .build();
      assertThat(judge(recording).verdict()).isNotInstanceOf(Verdict.Fail.class);
    }
  }

  @Test
  void fewLongRowsThatAreAllSlowerFailAtTheEnd() {
    for (long seed = 1; seed <= 20; seed++) {
      Recording recording =
          new RecordingBuilder(seed, 10, 60)
              .arm(CANARY, 600, 0.001, 320)
              .arm(BASELINE, 6000, 0.001, 200)
              .build();
      Standing.Decided decided = judge(recording);
      assertThat(rules(decided)).as("seed %d", seed).containsExactly("canary.latency_vs_baseline");
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 5, 10})
  void halfAMinuteOfWarmUpDoesNotFail(int stepSeconds) {
    for (long seed = 1; seed <= 10; seed++) {
      Recording recording =
          new RecordingBuilder(seed, 600 / stepSeconds, stepSeconds)
              .arm(CANARY, 5 * stepSeconds, i -> 0.001, i -> i * stepSeconds < 30 ? 600 : 200)
              .arm(BASELINE, 50 * stepSeconds, 0.001, 200)
              .build();
      assertThat(judge(recording).verdict()).as("seed %d", seed).isEqualTo(PASS);
    }
  }

  @Test
  void slownessThatOutlastsTheWarmUpFailsSoonAfterIt() {
    Recording slow =
        tenMinutes(1).arm(CANARY, 50, 0.001, 5000).arm(BASELINE, 500, 0.001, 200).build();
    assertThat(judge(slow).at()).isBeforeOrEqualTo(START.plusSeconds(60));
    Recording within =
        tenMinutes(1).arm(CANARY, 50, 0.001, 500).arm(BASELINE, 500, 0.001, 200).build();
    assertThat(judge(within).at()).isBeforeOrEqualTo(START.plusSeconds(90));
  }

  @Test
  void ofTwoEquallyBadArmsTheCanaryIsNotConvictedByChance_C4() {
    int convicted = 0;
    for (long seed = 1; seed <= 100; seed++) {
      Recording recording =
          new RecordingBuilder(seed, 120, 5)
              .arm(CANARY, 15, 0.03, 200)
              .arm(BASELINE, 15, 0.03, 200)
              .build();
      Verdict verdict = judge(recording).verdict();
      assertThat(verdict).isNotEqualTo(PASS);
      convicted += verdict instanceof Verdict.Fail ? 1 : 0;
    }
    assertThat(convicted).isLessThanOrEqualTo(1);
  }

  @Test
  void aSharedOutageOfTwentySecondsConvictsNobody_C4() {
    for (long seed = 1; seed <= 50; seed++) {
      RecordingBuilder outage = new RecordingBuilder(seed, 300, 2);
      outage.arm(CANARY, 50, i -> i >= 100 && i < 110 ? 0.3 : 0.001, i -> 200);
      outage.arm(BASELINE, 950, i -> i >= 100 && i < 110 ? 0.3 : 0.001, i -> 200);
      assertThat(judge(outage.build()).verdict()).isNotInstanceOf(Verdict.Fail.class);
    }
  }

  @Test
  void twiceTheLimitInLittleTrafficIsNoPass() {
    Recording recording =
        good(1)
            .each(CANARY, row -> with(row, 25, step(row, 10) % 4 == 0 ? 1 : 0))
            .each(BASELINE, row -> with(row, 25, 0))
            .build();
    assertThat(rules(judge(recording))).contains("canary.error_rate");
  }

  @Test
  void oneSpikeInLittleTrafficIsAPass() {
    Recording recording =
        good(1)
            .each(CANARY, row -> with(row, 25, step(row, 10) == 20 ? 16 : 0))
            .each(BASELINE, row -> with(row, 25, 0))
            .build();
    assertThat(judge(recording).verdict()).isEqualTo(PASS);
  }

  @Test
  void latencyMissingForMinutesIsNoData_C2() {
    Recording late =
        good(1).each(CANARY, row -> step(row, 10) >= 45 ? with(row, Double.NaN) : row).build();
    assertThat(rules(judge(late))).containsExactly("canary.no_data");
    Recording often =
        good(1).each(CANARY, row -> step(row, 10) % 2 == 0 ? with(row, Double.NaN) : row).build();
    assertThat(rules(judge(often))).containsExactly("canary.no_data");
  }

  @Test
  void baselineThatIsGoneAfterThreeMinutesIsNoBaseline() {
    List<Row> rows =
        good(1).build().rows().stream()
            .filter(row -> row.arm() == CANARY || step(row, 10) < 18)
            .toList();
    assertThat(rules(judge(new Recording(List.of(0.99), rows)))).contains("canary.no_baseline");
  }

  @Test
  void latenciesThatStandStillWhileRequestsGoOnAreFrozen_C5() {
    Recording recording =
        good(1).each(CANARY, row -> step(row, 10) >= 12 ? with(row, 203.17) : row).build();
    assertThat(rules(judge(recording))).containsExactly("canary.frozen");
  }

  @Test
  void aFrozenBaselineConvictsNobody_C5() {
    Recording recording = good(1).each(BASELINE, row -> with(with(row, 500, 0), 160)).build();
    assertThat(rules(judge(recording))).containsOnly("canary.frozen");
  }

  @Test
  void hugeNumbersAreImpossible() {
    Recording recording = good(1).each(CANARY, row -> with(row, 1e300, 0)).build();
    assertThat(rules(judge(recording))).contains("canary.impossible");
  }

  @Test
  void withoutAWindowARecordingLastsHalfOfTheUsualOneAtLeast() {
    Duration usual = Duration.ofMinutes(10);
    assertThat(good(1).build().window(usual)).isEqualTo(usual);
    Recording shorter = new RecordingBuilder(1, 30, 1).arm(CANARY, 500, 0.001, 200).build();
    assertThat(shorter.window(usual)).isEqualTo(Duration.ofMinutes(5));
  }
}
