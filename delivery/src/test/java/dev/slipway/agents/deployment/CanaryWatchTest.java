package dev.slipway.agents.deployment;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.agents.Assignment;
import dev.slipway.agents.Assignments;
import dev.slipway.change.Digest;
import dev.slipway.change.Environment;
import dev.slipway.change.ServiceName;
import dev.slipway.change.Slot;
import dev.slipway.evidence.FakeEvidenceStore;
import dev.slipway.policy.Measurement;
import dev.slipway.policy.Report;
import dev.slipway.policy.Share;
import dev.slipway.policy.Verdict;
import dev.slipway.policy.judge.Arm;
import dev.slipway.policy.judge.ArmTraffic;
import dev.slipway.policy.judge.Interval;
import dev.slipway.policy.judge.Latencies;
import dev.slipway.policy.judge.Recording;
import dev.slipway.policy.judge.Row;
import dev.slipway.telemetry.FakeBaselines;
import dev.slipway.telemetry.FakeFlagChanges;
import dev.slipway.telemetry.Observation;
import dev.slipway.telemetry.RecordingText;
import dev.slipway.telemetry.Ticker;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class CanaryWatchTest {
  private static final Slot SLOT = new Slot(Environment.PRODUCTION, new ServiceName("orders"));
  private static final Instant START = Instant.parse("2026-01-05T10:00:00Z");
  private static final Ticker NO_TICKS =
      new Ticker() {
        @Override
        public Instant now() {
          return START;
        }

        @Override
        public void await(Instant time) {}
      };

  private final FakeEvidenceStore evidence = new FakeEvidenceStore();

  @Test
  void whatTheWatchSawIsKeptAndNamed() throws Exception {
    Report report =
        watched((from, to) -> new Observation.Seen(from, to, failing(9), fine(90), List.of()));

    assertThat(report.judged()).singleElement().isInstanceOf(Verdict.Fail.class);
    String named = report.evidence().get(Report.RECORDING);
    Digest digest = new Digest(named.substring("sha256:".length()));
    Recording recording =
        RecordingText.parse(new String(evidence.find(digest).orElseThrow(), UTF_8));
    assertThat(recording.rows())
        .startsWith(
            new Row(
                START.plusSeconds(2), Arm.CANARY, "", 9, 9, Double.NaN, List.of(25.0, 25.0, 25.0)),
            new Row(
                START.plusSeconds(2),
                Arm.BASELINE,
                "",
                90,
                0,
                Double.NaN,
                List.of(25.0, 25.0, 25.0)));
    assertThat(report.measurements())
        .contains(
            new Measurement.Value("canary.error_rate", 1, Measurement.Unit.RATIO),
            new Measurement.Value("limit.error_rate", 0.005, Measurement.Unit.RATIO));
  }

  @Test
  void aWatchThatSawNothingNamesNothing() throws Exception {
    Report report = watched((from, to) -> new Observation.NoData("no answer"));

    assertThat(report.judged()).singleElement().isInstanceOf(Verdict.Inconclusive.class);
    assertThat(report.evidence()).isEmpty();
    assertThat(evidence.all()).isEmpty();
  }

  @Test
  void aLongWatchIsRecordedInLongerIntervalsAndNothingIsLost() {
    WatchLog log = new WatchLog();
    int seconds = 4 * WatchLog.INTERVALS_MAX + 3;
    for (int i = 0; i < seconds; i++) {
      Instant from = START.plusSeconds(i);
      log.add(new Interval.Measured(from, from.plusSeconds(1), failing(1), fine(10)));
    }

    List<Row> rows = log.recording().orElseThrow().rows();

    assertThat(rows).hasSizeLessThanOrEqualTo(2 * WatchLog.INTERVALS_MAX);
    assertThat(rows.stream().filter(it -> it.arm() == Arm.CANARY).mapToDouble(Row::errors).sum())
        .isEqualTo(seconds);
    assertThat(
            rows.stream().filter(it -> it.arm() == Arm.BASELINE).mapToDouble(Row::requests).sum())
        .isEqualTo(10.0 * seconds);
    assertThat(rows.getLast().time()).isEqualTo(START.plusSeconds(seconds));
  }

  private static ArmTraffic failing(int requests) {
    return new ArmTraffic(requests, requests, latencies(requests));
  }

  private static ArmTraffic fine(int requests) {
    return new ArmTraffic(requests, 0, latencies(requests));
  }

  private static Latencies latencies(int requests) {
    return new Latencies(List.of(new Latencies.Bucket(25, requests)));
  }

  private interface Sight {
    Observation at(Instant from, Instant to);
  }

  private Report watched(Sight sight) throws InterruptedException {
    Assignment.Watch watch =
        new Assignment.Watch(SLOT, Share.percent(5), START, Duration.ofMinutes(1));
    return new CanaryWatch(
            (slot, from, to) -> sight.at(from, to),
            NO_TICKS,
            new FakeBaselines(),
            new FakeFlagChanges(),
            evidence)
        .watch(
            "deployment/1",
            Assignments.watching("a title that is nobody's business", watch),
            watch);
  }
}
