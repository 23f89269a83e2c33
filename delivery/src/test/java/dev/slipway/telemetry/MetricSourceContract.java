package dev.slipway.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.change.Environment;
import dev.slipway.change.ServiceName;
import dev.slipway.change.Slot;
import dev.slipway.policy.judge.ArmTraffic;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What every {@link MetricSource} keeps: it counts what was served, and never invents a zero. */
public abstract class MetricSourceContract {
  /** The slot that is measured. */
  protected static final Slot SLOT = new Slot(Environment.PRODUCTION, new ServiceName("greeter"));

  /** The source under test. */
  protected abstract MetricSource source();

  /**
   * Sends requests that are answered 200, and errors that are answered 500, to both arms.
   *
   * @return an interval in which all of it was counted, and nothing else
   */
  protected abstract Interval send(Load stable, Load canary) throws Exception;

  /** Makes what the source asks unreachable. */
  protected abstract void silence() throws Exception;

  /** How many requests, and how many of these are errors. */
  public record Load(int requests, int errors) {
    public static final Load NONE = new Load(0, 0);
  }

  /** From a time (inclusive) to a time (exclusive). */
  public record Interval(Instant from, Instant to) {}

  private Observation.Seen seen(Interval interval) {
    Observation observation = source().observe(SLOT, interval.from(), interval.to());
    assertThat(observation).isInstanceOf(Observation.Seen.class);
    return (Observation.Seen) observation;
  }

  private static void assertCounts(ArmTraffic traffic, Load load) {
    assertThat(traffic.requests()).isEqualTo(load.requests());
    assertThat(traffic.errors()).isEqualTo(load.errors());
    assertThat(traffic.latencies().count()).isEqualTo(load.requests());
    assertThat(traffic.latencies().slowerThan(60_000)).isZero();
  }

  @Test
  void eachArmIsCountedOnItsOwn() throws Exception {
    Load stable = new Load(30, 3);
    Load canary = new Load(20, 5);

    Observation.Seen seen = seen(send(stable, canary));

    assertCounts(seen.baseline(), stable);
    assertCounts(seen.canary(), canary);
    assertThat(seen.warnings()).isEmpty();
  }

  @Test
  void anArmWithoutTrafficHasNoRequests() throws Exception {
    Load stable = new Load(12, 0);

    Observation.Seen seen = seen(send(stable, Load.NONE));

    assertCounts(seen.baseline(), stable);
    assertCounts(seen.canary(), Load.NONE);
  }

  @Test
  void C1_aSlotItDoesNotKnowIsNoData() throws Exception {
    Interval interval = send(new Load(1, 0), Load.NONE);
    Slot unknown = new Slot(Environment.PRODUCTION, new ServiceName("nobody"));

    assertThat(source().observe(unknown, interval.from(), interval.to()))
        .isInstanceOf(Observation.NoData.class);
  }

  @Test
  void whatWasBeforeItsTimeIsNotCalledZeroWithoutAWarning() throws Exception {
    Interval interval = send(new Load(1, 0), Load.NONE);
    Instant longAgo = interval.from().minus(Duration.ofDays(1));

    Observation observation = source().observe(SLOT, longAgo, longAgo.plusSeconds(2));

    switch (observation) {
      case Observation.NoData noData -> assertThat(noData.reason()).isNotBlank();
      case Observation.Seen seen -> assertThat(seen.warnings()).isNotEmpty();
    }
  }

  @Test
  @Timeout(60)
  void C9_aSourceThatCannotBeAskedIsNoData() throws Exception {
    Interval interval = send(new Load(1, 0), Load.NONE);
    silence();

    assertThat(source().observe(SLOT, interval.from(), interval.to()))
        .isInstanceOfSatisfying(
            Observation.NoData.class, noData -> assertThat(noData.reason()).isNotBlank());
  }
}
