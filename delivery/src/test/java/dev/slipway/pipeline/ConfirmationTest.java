package dev.slipway.pipeline;

import static dev.slipway.pipeline.StagingFixture.CANDIDATE;
import static dev.slipway.pipeline.StagingFixture.PRODUCTION;
import static dev.slipway.pipeline.StagingFixture.STABLE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.policy.Reason;
import dev.slipway.policy.judge.ArmTraffic;
import dev.slipway.policy.judge.Latencies;
import dev.slipway.target.Epoch;
import dev.slipway.target.TargetFault;
import dev.slipway.telemetry.Observation;
import dev.slipway.telemetry.Ticker;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfirmationTest {
  private static final Instant ROLLED_BACK = Instant.parse("2026-01-01T00:00:00.7Z");

  @TempDir Path directory;
  private final Deque<Observation> observed = new ArrayDeque<>();
  private final Waiting ticker = new Waiting();
  private StagingFixture fixture;

  /** A clock that is always where it is waited for. */
  private static final class Waiting implements Ticker {
    private Instant now = ROLLED_BACK;

    @Override
    public Instant now() {
      return now;
    }

    @Override
    public void await(Instant time) {
      now = time;
    }
  }

  @BeforeEach
  void deployed() {
    fixture = new StagingFixture(directory);
    fixture.runs(PRODUCTION, STABLE);
    fixture.at(Step.WATCHING);
  }

  private List<Reason> doubts() throws InterruptedException {
    Confirmation confirmation =
        new Confirmation(
            fixture.target::serving,
            (slot, from, to) -> observed.size() > 1 ? observed.poll() : observed.getFirst(),
            ticker);
    return confirmation.doubts(fixture.journey.state, List.of(PRODUCTION));
  }

  private static Observation canary(long requests) {
    ArmTraffic stable = new ArmTraffic(90, 0, Latencies.NONE);
    return new Observation.Seen(
        ROLLED_BACK, ROLLED_BACK, new ArmTraffic(requests, 0, Latencies.NONE), stable, List.of());
  }

  @Test
  void aCanaryThatGetsNothingAnyMoreIsSeenInTheFirstInterval() throws InterruptedException {
    observed.add(canary(0));

    assertThat(doubts()).isEmpty();
    assertThat(Duration.between(ROLLED_BACK, ticker.now())).isLessThan(Duration.ofSeconds(3));
  }

  @Test
  void requestsThatWereUnderWayMayStillEnd() throws InterruptedException {
    observed.addAll(List.of(canary(7), canary(2), canary(0)));

    assertThat(doubts()).isEmpty();
  }

  @Test
  void aCanaryThatKeepsItsTrafficIsAFaultThatIsTriedAgain() {
    observed.add(canary(7));

    assertThatThrownBy(this::doubts)
        .isInstanceOf(TargetFault.class)
        .hasMessageContaining("still got 7 requests");
    assertThat(Duration.between(ROLLED_BACK, ticker.now())).isLessThan(Duration.ofSeconds(40));
  }

  @Test
  void aCanaryThatIsStillThereIsAFaultWhateverTheTargetSaid() {
    observed.add(canary(0));
    fixture.canary(PRODUCTION, CANDIDATE);

    assertThatThrownBy(this::doubts)
        .isInstanceOf(TargetFault.class)
        .hasMessageContaining("still has the canary");
    fixture.target.rollBack(PRODUCTION, new Epoch(0, 3));
  }

  @Test
  void withoutAMeasurementARollbackIsNotConfirmed() throws InterruptedException {
    observed.add(new Observation.NoData("Prometheus is down"));

    assertThat(doubts())
        .singleElement()
        .satisfies(doubt -> assertThat(doubt.rule()).isEqualTo("rollback.unconfirmed"))
        .asString()
        .contains("Prometheus is down");
  }

  @Test
  void whereNothingRanBeforeThereIsNothingToSee() throws InterruptedException {
    fixture = new StagingFixture(directory.resolve("empty"));
    fixture.at(Step.WATCHING);
    observed.add(new Observation.NoData("nobody asks"));

    assertThat(doubts()).isEmpty();
  }
}
