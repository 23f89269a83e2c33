package dev.slipway.agents.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.agents.Assignment;
import dev.slipway.agents.Assignments;
import dev.slipway.change.CommitId;
import dev.slipway.change.Environment;
import dev.slipway.change.FlagChange;
import dev.slipway.change.Person;
import dev.slipway.change.ServiceName;
import dev.slipway.change.Slot;
import dev.slipway.evidence.FakeEvidenceStore;
import dev.slipway.policy.Measurement;
import dev.slipway.policy.Reason;
import dev.slipway.policy.Report;
import dev.slipway.policy.Share;
import dev.slipway.policy.Verdict;
import dev.slipway.policy.judge.ArmTraffic;
import dev.slipway.policy.judge.Latencies;
import dev.slipway.telemetry.FakeBaselines;
import dev.slipway.telemetry.FakeFlagChanges;
import dev.slipway.telemetry.MetricSource;
import dev.slipway.telemetry.Observation;
import dev.slipway.telemetry.Ticker;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.TreeMap;
import java.util.function.LongPredicate;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** What a canary's watch makes of flags that are switched meanwhile, and told late. */
class FlaggedWatchTest {
  private static final Slot SLOT = new Slot(Environment.PRODUCTION, new ServiceName("orders"));
  private static final CommitId COMMIT = new CommitId("a".repeat(40));
  private static final Instant SINCE = Instant.parse("2026-01-05T09:59:59Z");

  /** When the first interval begins, which is a second long as all others are. */
  private static final Instant START = SINCE.plusSeconds(1);

  private static final Duration WINDOW = Duration.ofMinutes(2);

  private final FakeFlagChanges flags = new FakeFlagChanges();
  private final TreeMap<Instant, List<FlagChange>> told = new TreeMap<>();
  private LongPredicate failing = second -> false;
  private int observed;

  private final Ticker ticker =
      new Ticker() {
        private Instant now = SINCE;

        @Override
        public Instant now() {
          return now;
        }

        @Override
        public void await(Instant time) {
          now = time.isAfter(now) ? time : now;
          told.headMap(now, true).values().forEach(some -> some.forEach(flags::changed));
        }
      };

  private Observation observe(Slot slot, Instant from, Instant to) {
    observed++;
    long second = Duration.between(START, from).toSeconds();
    return new Observation.Seen(
        from, to, traffic(40, failing.test(second) ? 36 : 0), traffic(200, 0), List.of());
  }

  private static ArmTraffic traffic(long requests, long errors) {
    return new ArmTraffic(
        requests, errors, new Latencies(List.of(new Latencies.Bucket(100, requests))));
  }

  /** The flag is switched in this second of the watch, and told so many seconds later. */
  private void flag(long second, long later) {
    Instant at = START.plusSeconds(second).plusMillis(300);
    told.put(
        at.plusSeconds(later).plusMillis(told.size()),
        List.of(
            new FlagChange(
                "at-" + second,
                "checkout",
                List.of(),
                List.of(),
                Person.human("ada@example.com"),
                at)));
  }

  private Report watch() throws InterruptedException {
    MetricSource metrics = this::observe;
    Assignment.Watch watch = new Assignment.Watch(SLOT, share(), SINCE, WINDOW);
    return new CanaryWatch(metrics, ticker, new FakeBaselines(), flags, new FakeEvidenceStore())
        .watch("deployment/test", Assignments.watching("", watch), watch);
  }

  private static Share share() {
    return Share.percent(5);
  }

  private static Verdict verdict(Report report) {
    return report.judged().getFirst();
  }

  private static double errorRate(Report report) {
    return report.measurements().stream()
        .filter(it -> it.name().equals("canary.error_rate"))
        .mapToDouble(it -> ((Measurement.Value) it).value())
        .findFirst()
        .orElseThrow();
  }

  @Test
  void withoutFlagsEverySecondCounts() throws Exception {
    Report report = watch();

    assertThat(verdict(report)).isEqualTo(new Verdict.Pass());
    assertThat(observed).isEqualTo(120);
    assertThat(report.notes()).noneMatch(note -> note.startsWith("set aside"));
  }

  @Test
  void theSecondOfAFlagIsSetAsideAndNamed() throws Exception {
    flag(30, 0);
    failing = second -> second == 30;

    Report report = watch();

    assertThat(verdict(report)).isEqualTo(new Verdict.Pass());
    assertThat(observed).isEqualTo(119);
    assertThat(report.notes())
        .contains(
            "set aside from 2026-01-05T10:00:30Z to 2026-01-05T10:00:31Z: flag checkout changed at"
                + " 2026-01-05T10:00:30.300Z by ada@example.com");
  }

  @Test
  void aFlagThatIsToldLateHasTheSameEffect() throws Exception {
    flag(30, 0);
    flag(31, 0);
    Report onTime = watch();
    told.clear();
    flag(30, 40);
    flag(31, 55);

    Report late = watch();

    assertThat(late.notes()).isEqualTo(onTime.notes());
    assertThat(late.judged()).isEqualTo(onTime.judged());
    assertThat(late.measurements()).isEqualTo(onTime.measurements());
  }

  @Test
  void whatWasJudgedBeforeAFlagWasToldIsJudgedAgain() throws Exception {
    failing = second -> second == 30;
    assertThat(errorRate(watch())).isEqualTo(36.0 / 4_800);

    flag(30, 60);

    assertThat(errorRate(watch())).isZero();
  }

  @Test
  void aCatastropheIsSeenAroundAFlag() throws Exception {
    flag(31, 0);
    failing = second -> second >= 30;

    Report report = watch();

    assertThat(verdict(report)).isInstanceOf(Verdict.Fail.class);
    assertThat(observed).isLessThan(36);
  }

  @Test
  void flagsWithoutEndDoNotPassACanary() throws Exception {
    LongStream.range(10, 400).forEach(second -> flag(second, 0));

    Report report = watch();

    assertThat(verdict(report)).isInstanceOf(Verdict.Inconclusive.class);
    assertThat(verdict(report).reasons())
        .singleElement()
        .satisfies(
            reason -> {
              assertThat(reason.rule()).isEqualTo("canary.confounded");
              assertThat(reason.message()).contains("since 2026-01-05T10:00:10Z", "flag checkout");
            });
    assertThat(report.notes()).last().asString().startsWith("set aside as well: ");
  }

  @Test
  void whatIsSetAsideIsMissedAndTheWatchExtendedOnce() throws Exception {
    LongStream.range(0, 240).filter(it -> it % 3 == 0).forEach(second -> flag(second, 0));

    Report report = watch();

    assertThat(observed).isEqualTo(160);
    assertThat(verdict(report).reasons()).extracting(Reason::rule).contains("canary.confounded");
    assertThat(verdict(report)).isInstanceOf(Verdict.Inconclusive.class);
  }

  @Test
  void aFlagOfAnotherServiceOrPlaceSetsNothingAside() throws Exception {
    flags.changed(
        new FlagChange(
            "other",
            "checkout",
            List.of(new ServiceName("billing")),
            List.of(),
            Person.human("ada@example.com"),
            START));
    flags.changed(
        new FlagChange(
            "elsewhere",
            "checkout",
            List.of(),
            List.of(Environment.STAGING),
            Person.human("ada@example.com"),
            START));

    watch();

    assertThat(observed).isEqualTo(120);
  }
}
