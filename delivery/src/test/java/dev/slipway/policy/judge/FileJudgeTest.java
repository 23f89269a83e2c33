package dev.slipway.policy.judge;

import static dev.slipway.policy.judge.Arm.BASELINE;
import static dev.slipway.policy.judge.Arm.CANARY;
import static dev.slipway.policy.judge.RecordingBuilder.START;
import static dev.slipway.policy.judge.RecordingBuilder.step;
import static dev.slipway.policy.judge.RecordingBuilder.tenMinutes;
import static dev.slipway.policy.judge.RecordingBuilder.with;
import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.policy.Reason;
import dev.slipway.policy.Verdict;
import dev.slipway.policy.judge.JudgeLimits.BaselineUse;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FileJudgeTest {
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

  @Test
  void goodCanariesPass() {
    for (long seed = 1; seed <= 200; seed++) {
      Standing.Decided decided = judge(good(seed).build());
      assertThat(decided.verdict()).as("seed %d", seed).isEqualTo(PASS);
      assertThat(decided.at()).isEqualTo(START.plusSeconds(590));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {10, 20, 40, 120, 600})
  void goodCanariesPassWithRowsOfAnyLength(int rows) {
    for (long seed = 1; seed <= 20; seed++) {
      Recording recording =
          new RecordingBuilder(seed, rows, 600 / rows)
              .arm(CANARY, 3000.0 / rows, 0.001, 200)
              .arm(BASELINE, 30000.0 / rows, 0.001, 200)
              .build();
      assertThat(judge(recording).verdict()).as("seed %d", seed).isEqualTo(PASS);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {10, 20, 40, 120, 600})
  void slowAndFailingCanariesFailWithRowsOfAnyLength(int rows) {
    for (long seed = 1; seed <= 20; seed++) {
      RecordingBuilder slow =
          new RecordingBuilder(seed, rows, 600 / rows)
              .arm(CANARY, 3000.0 / rows, 0.001, 1300)
              .arm(BASELINE, 30000.0 / rows, 0.001, 200);
      assertThat(judge(slow.build()).verdict()).isInstanceOf(Verdict.Fail.class);
      RecordingBuilder failing =
          new RecordingBuilder(seed, rows, 600 / rows)
              .arm(CANARY, 3000.0 / rows, 0.03, 200)
              .arm(BASELINE, 30000.0 / rows, 0.001, 200);
      assertThat(judge(failing.build()).verdict()).isInstanceOf(Verdict.Fail.class);
    }
  }

  @Test
  void failIsDecidedSoonAfterItBegins() {
    Recording recording =
        tenMinutes(1)
            .arm(CANARY, 50, i -> i < 30 ? 0.001 : 0.2, i -> 200)
            .arm(BASELINE, 500, 0.001, 200)
            .build();
    Standing.Decided decided = judge(recording);
    assertThat(rules(decided)).containsAnyOf("canary.error_rate", "canary.error_rate_vs_baseline");
    assertThat(decided.at()).isBetween(START.plusSeconds(300), START.plusSeconds(360));
  }

  @Test
  void canaryWorseThanAFineBaselineFailsWithinTheLimits() {
    Recording recording =
        tenMinutes(1).arm(CANARY, 50, 0.001, 350).arm(BASELINE, 500, 0.001, 200).build();
    assertThat(rules(judge(recording))).containsExactly("canary.latency_vs_baseline");
  }

  @Test
  void oneSpikeDoesNotFailAndASustainedExcessDoes() {
    for (long seed = 1; seed <= 30; seed++) {
      Recording spike =
          tenMinutes(seed)
              .arm(CANARY, 50, i -> i == 30 ? 0.4 : 0.0005, i -> i == 31 ? 5000 : 200)
              .arm(BASELINE, 500, 0.0005, 200)
              .build();
      assertThat(judge(spike).verdict()).isNotInstanceOf(Verdict.Fail.class);
      Recording sustained =
          tenMinutes(seed)
              .arm(CANARY, 50, i -> 0.0005, i -> i >= 30 ? 5000 : 200)
              .arm(BASELINE, 500, 0.0005, 200)
              .build();
      assertThat(judge(sustained).verdict()).isInstanceOf(Verdict.Fail.class);
    }
  }

  @Test
  void orderOfTheRowsDoesNotMatter() {
    for (long seed = 1; seed <= 20; seed++) {
      RecordingBuilder rows =
          tenMinutes(seed).arm(CANARY, 50, 0.01, 260).arm(BASELINE, 500, 0.001, 200);
      Standing.Decided inOrder = judge(rows.build());
      assertThat(judge(rows.shuffled(seed).build())).isEqualTo(inOrder);
    }
  }

  @Test
  void rowsSaidTwiceCountOnce() {
    Recording once = good(1).build();
    List<Row> twice = new ArrayList<>(once.rows());
    twice.addAll(once.rows());
    assertThat(judge(new Recording(once.quantiles(), twice))).isEqualTo(judge(once));
  }

  @Test
  void instancesAreTakenTogether() {
    RecordingBuilder rows = new RecordingBuilder(1, 60, 10);
    for (String instance : List.of("a", "b", "c")) {
      rows.add(
          new RecordingBuilder(instance.hashCode(), 60, 10)
              .arm(CANARY, 20, 0.001, 200).build().rows().stream()
                  .map(row -> RecordingBuilder.withInstance(row, instance))
                  .toList());
    }
    rows.arm(BASELINE, 500, 0.001, 200);
    assertThat(judge(rows.build()).verdict()).isEqualTo(PASS);
  }

  @Test
  void errorRatesWithoutRequestsAreJudgedByRow() {
    RecordingBuilder bad = tenMinutes(1).arm(CANARY, 50, 0.03, 200).arm(BASELINE, 500, 0.001, 200);
    for (Arm arm : Arm.values()) {
      bad.each(arm, RecordingBuilder::withRateOnly);
    }
    Standing.Decided decided = judge(bad.build());
    assertThat(rules(decided)).containsAnyOf("canary.error_rate", "canary.error_rate_vs_baseline");
    assertThat(decided.metrics().getFirst().message()).contains("the weaker test");

    for (long seed = 1; seed <= 50; seed++) {
      RecordingBuilder rates = good(seed);
      for (Arm arm : Arm.values()) {
        rates.each(arm, RecordingBuilder::withRateOnly);
      }
      assertThat(judge(rates.build()).verdict()).as("seed %d", seed).isEqualTo(PASS);
    }
  }

  @Test
  void noTelemetryOfTheCanaryIsNamed_C1() {
    Recording recording = tenMinutes(1).arm(BASELINE, 500, 0.001, 200).build();
    assertThat(rules(judge(recording))).contains("canary.no_data");
  }

  @Test
  void nothingButNaNIsNoData_C2() {
    Recording recording =
        good(1)
            .each(
                CANARY,
                row ->
                    new Row(
                        row.time(),
                        CANARY,
                        "",
                        Double.NaN,
                        Double.NaN,
                        Double.NaN,
                        List.of(Double.NaN)))
            .build();
    Standing.Decided decided = judge(recording);
    assertThat(decided.verdict()).isInstanceOf(Verdict.Inconclusive.class);
    assertThat(rules(decided)).contains("canary.no_data");
  }

  @Test
  void aFewMissingCellsDoNotMatter_C2() {
    Recording recording =
        good(1).each(CANARY, row -> step(row, 10) % 9 == 3 ? with(row, Double.NaN) : row).build();
    assertThat(judge(recording).verdict()).isEqualTo(PASS);
  }

  @Test
  void silentCanaryIsNamed_C1() {
    Recording recording =
        good(1).each(CANARY, row -> step(row, 10) >= 30 ? with(row, 0, 0) : row).build();
    assertThat(rules(judge(recording))).contains("canary.no_data");
  }

  @Test
  void aCanaryThatIsNotSeenForMoreThanAMinuteIsNamed_C1() {
    List<Row> seen =
        good(1).build().rows().stream()
            .filter(row -> row.arm() == BASELINE || step(row, 10) < 25 || step(row, 10) >= 35)
            .toList();
    Standing.Decided decided = judge(new Recording(List.of(0.99), seen));
    assertThat(rules(decided)).containsExactly("canary.no_data");
    assertThat(decided.verdict().reasons().getFirst().message())
        .contains("from 2026-01-05T10:04:")
        .contains("to 2026-01-05T10:05:");
  }

  @Test
  void aPauseOfBothArmsIsNoSilenceOfTheCanary() {
    RecordingBuilder paused =
        new RecordingBuilder(1, 60, 10).arm(CANARY, 500, 0.001, 200).arm(BASELINE, 500, 0.001, 200);
    for (Arm arm : Arm.values()) {
      paused.each(arm, row -> step(row, 10) >= 25 && step(row, 10) < 35 ? with(row, 0, 0) : row);
    }
    assertThat(judge(paused.build()).verdict()).isEqualTo(PASS);
  }

  @Test
  void tenRequestsWithOneErrorDoNotFail_C3() {
    Recording recording =
        new Recording(
            List.of(0.99),
            List.of(
                new Row(START, CANARY, "", 10, 1, Double.NaN, List.of(100.0)),
                new Row(START, BASELINE, "", 200, 0, Double.NaN, List.of(100.0))));
    Standing.Decided decided = judge(recording);
    assertThat(decided.verdict()).isInstanceOf(Verdict.Inconclusive.class);
    assertThat(rules(decided)).contains("canary.too_little_traffic");
  }

  @Test
  void bothArmsBadIsTheEnvironment_C4() {
    for (long seed = 1; seed <= 20; seed++) {
      Recording failing =
          tenMinutes(seed).arm(CANARY, 50, 0.08, 200).arm(BASELINE, 500, 0.08, 200).build();
      assertThat(judge(failing).verdict()).isInstanceOf(Verdict.Inconclusive.class);
      assertThat(rules(judge(failing))).contains("canary.baseline_bad");
      Recording slow =
          tenMinutes(seed).arm(CANARY, 50, 0.001, 1500).arm(BASELINE, 500, 0.001, 1500).build();
      assertThat(judge(slow).verdict()).isInstanceOf(Verdict.Inconclusive.class);
      assertThat(rules(judge(slow))).contains("canary.baseline_bad");
    }
  }

  @Test
  void onlyTheBaselineBadNeverPasses_C4() {
    Recording recording =
        tenMinutes(1).arm(CANARY, 50, 0.001, 200).arm(BASELINE, 500, 0.05, 200).build();
    assertThat(rules(judge(recording))).containsExactly("canary.baseline_bad");
  }

  @Test
  void frozenCanaryIsNamed_C5() {
    Recording healthy = good(1).build();
    Row stuck = healthy.rows().get(40);
    Recording frozen =
        good(1)
            .each(
                CANARY,
                row ->
                    step(row, 10) < 40
                        ? row
                        : with(
                            with(row, stuck.requests(), stuck.errors()), stuck.latencies().get(0)))
            .build();
    assertThat(rules(judge(frozen))).containsExactly("canary.frozen");
  }

  @Test
  void constantSeriesAreJudged_C6() {
    Recording constant =
        good(1)
            .each(CANARY, row -> with(with(row, 50, 0), 200))
            .each(BASELINE, row -> with(with(row, 500, 0), 200))
            .build();
    assertThat(judge(constant).verdict()).isEqualTo(PASS);
    Recording constantlySlow =
        good(1)
            .each(CANARY, row -> with(with(row, 50, 0), 400))
            .each(BASELINE, row -> with(with(row, 500, 0), 200))
            .build();
    assertThat(judge(constantlySlow).verdict()).isInstanceOf(Verdict.Fail.class);
  }

  @Test
  void secondsReadAsMillisecondsAreNamed_C7() {
    Recording arms =
        good(1).each(CANARY, row -> with(row, row.latencies().getFirst() / 1000)).build();
    assertThat(rules(judge(arms))).containsExactly("canary.unit");
    Recording rows =
        good(1)
            .each(
                CANARY,
                row -> step(row, 10) < 30 ? row : with(row, row.latencies().getFirst() * 1000))
            .build();
    assertThat(rules(judge(rows))).containsExactly("canary.unit");
  }

  @Test
  void secondsInBothArmsAreNamed_C7() {
    RecordingBuilder seconds = good(1);
    for (Arm arm : Arm.values()) {
      seconds.each(arm, row -> with(row, row.latencies().getFirst() / 1000));
    }
    assertThat(rules(judge(seconds.build()))).containsExactly("canary.unit");
  }

  @Test
  void clockJumpOfAnHourIsNamed_C8() {
    RecordingBuilder jumping = good(1);
    for (Arm arm : Arm.values()) {
      jumping.each(
          arm, row -> step(row, 10) < 30 ? row : with(row, row.time().plus(Duration.ofHours(1))));
    }
    assertThat(rules(judge(jumping.build()))).contains("canary.clock");
    Recording oneArm = good(1).each(CANARY, row -> with(row, row.time().plusSeconds(3600))).build();
    assertThat(rules(judge(oneArm))).contains("canary.clock");
  }

  @Test
  void exactlyOnTheThresholdIsNoFail_C10() {
    Recording recording =
        good(1)
            .each(CANARY, row -> with(with(row, 200, 1), 800))
            .each(BASELINE, row -> with(with(row, 200, 1), 800))
            .build();
    assertThat(judge(recording).verdict()).isEqualTo(PASS);
  }

  @Test
  void leakAfterMinuteNineIsSeen_C12() {
    for (long seed = 1; seed <= 20; seed++) {
      Recording recording =
          tenMinutes(seed)
              .arm(CANARY, 50, i -> 0.001, i -> i < 54 ? 200 : 200 + 120.0 * (i - 53))
              .arm(BASELINE, 500, 0.001, 200)
              .build();
      assertThat(judge(recording).verdict()).as("seed %d", seed).isNotEqualTo(PASS);
    }
  }

  @Test
  void impossibleNumbersAreNamed() {
    Recording negative =
        good(1).each(CANARY, row -> step(row, 10) % 5 == 0 ? with(row, -1) : row).build();
    assertThat(rules(judge(negative))).contains("canary.impossible");
    Recording moreErrors =
        good(1).each(CANARY, row -> step(row, 10) % 5 == 0 ? with(row, 50, 60) : row).build();
    assertThat(rules(judge(moreErrors))).contains("canary.impossible");
  }

  @Test
  void canaryThatStartsLaterIsJudgedFromThereOn() {
    List<Row> rows = new ArrayList<>();
    new RecordingBuilder(1, 120, 10)
        .arm(BASELINE, 500, 0.001, 200)
        .build()
        .rows()
        .forEach(rows::add);
    tenMinutes(2)
        .arm(CANARY, 50, 0.001, 200)
        .build()
        .rows()
        .forEach(row -> rows.add(with(row, row.time().plusSeconds(600))));
    Standing.Decided decided = judge(new Recording(List.of(0.99), rows));
    assertThat(decided.verdict()).isEqualTo(PASS);
  }

  @Test
  void armsMayBeSampledAtDifferentIntervals() {
    List<Row> rows = new ArrayList<>();
    rows.addAll(new RecordingBuilder(1, 60, 10).arm(CANARY, 50, 0.001, 200).build().rows());
    rows.addAll(new RecordingBuilder(2, 20, 30).arm(BASELINE, 1500, 0.001, 200).build().rows());
    assertThat(judge(new Recording(List.of(0.99), rows)).verdict()).isEqualTo(PASS);
    rows.clear();
    rows.addAll(new RecordingBuilder(1, 60, 10).arm(CANARY, 50, 0.001, 400).build().rows());
    rows.addAll(new RecordingBuilder(2, 20, 30).arm(BASELINE, 1500, 0.001, 200).build().rows());
    assertThat(rules(judge(new Recording(List.of(0.99), rows))))
        .containsExactly("canary.latency_vs_baseline");
  }

  @Test
  void recordingShorterThanTheWindowIsNotAPass() {
    Recording recording = good(1).build();
    Standing.Decided decided =
        FileJudge.judge(recording, JudgeLimits.DEFAULT.withWindow(Duration.ofMinutes(20)));
    assertThat(rules(decided)).contains("canary.window");
  }

  @Test
  void windowCutsTheRecording() {
    Recording recording =
        new RecordingBuilder(1, 120, 10)
            .arm(CANARY, 50, i -> i < 60 ? 0.001 : 0.5, i -> 200)
            .arm(BASELINE, 500, 0.001, 200)
            .build();
    assertThat(FileJudge.judge(recording, JudgeLimits.DEFAULT).verdict()).isEqualTo(PASS);
    assertThat(judge(recording).verdict()).isInstanceOf(Verdict.Fail.class);
  }

  @Test
  void missingBaselineIsSaidUnlessItIsOptional() {
    Recording recording = tenMinutes(1).arm(CANARY, 50, 0.001, 200).build();
    assertThat(rules(judge(recording))).contains("canary.no_baseline");
    JudgeLimits optional = JudgeLimits.DEFAULT.withBaseline(BaselineUse.OPTIONAL);
    assertThat(FileJudge.judge(recording, optional).verdict()).isEqualTo(PASS);
  }

  @Test
  void severalQuantilesAreAllCompared() {
    List<Row> rows = new ArrayList<>();
    for (Row row : good(1).build().rows()) {
      double p50 = row.arm() == CANARY ? 80 : 50;
      rows.add(
          new Row(
              row.time(),
              row.arm(),
              "",
              row.requests(),
              row.errors(),
              Double.NaN,
              List.of(p50 + step(row, 10) % 7, row.latencies().getFirst())));
    }
    Standing.Decided decided = judge(new Recording(List.of(0.5, 0.99), rows));
    assertThat(rules(decided)).containsExactly("canary.latency_p50_vs_baseline");
    assertThat(decided.metrics())
        .extracting(MetricResult::name)
        .containsExactly(
            "error_rate",
            "error_rate_vs_baseline",
            "latency_p99",
            "latency_p50_vs_baseline",
            "latency_vs_baseline",
            "latency_slow_rows");
  }

  @Test
  void withoutLatenciesThereIsNoPass() {
    List<Row> rows =
        good(1).build().rows().stream()
            .map(
                row ->
                    new Row(
                        row.time(),
                        row.arm(),
                        "",
                        row.requests(),
                        row.errors(),
                        Double.NaN,
                        List.of()))
            .toList();
    assertThat(rules(judge(new Recording(List.of(), rows)))).containsExactly("canary.no_data");
  }

  @Test
  void everyMessageIsASentence() {
    Recording recording =
        tenMinutes(1).arm(CANARY, 50, 0.05, 1500).arm(BASELINE, 500, 0.001, 200).build();
    Standing.Decided decided = judge(recording);
    assertThat(decided.metrics())
        .allSatisfy(metric -> assertThat(metric.message()).endsWith(".").matches("^[A-Z0-9].*"));
    assertThat(decided.at()).isAfter(Instant.EPOCH);
  }
}
