package dev.slipway.telemetry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.slipway.change.CommitId;
import dev.slipway.change.ServiceName;
import dev.slipway.policy.judge.ArmTraffic;
import dev.slipway.policy.judge.Calibration;
import dev.slipway.policy.judge.Factors;
import dev.slipway.policy.judge.Latencies;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What everything that keeps measurements must do. */
public abstract class BaselinesContract {
  private static final String SHOP = "/repositories/shop";
  private static final ServiceName ORDERS = new ServiceName("orders");

  /** An empty one, to be used throughout one test. */
  protected abstract Baselines baselines();

  @Test
  void aMeasurementIsNoBaselineUntilItsCandidateHasShipped() {
    Baselines baselines = baselines();
    baselines.measured(SHOP, ORDERS, candidate(1), run(10));

    assertThat(baselines.measurement(SHOP, ORDERS, candidate(1))).contains(run(10));
    assertThat(baselines.measurement(SHOP, ORDERS, candidate(2))).isEmpty();
    assertThat(baselines.baselines(SHOP, ORDERS)).isEmpty();

    baselines.shipped(SHOP, ORDERS, candidate(1));

    assertThat(baselines.baselines(SHOP, ORDERS)).containsExactly(run(10));
    assertThat(baselines.baselines("/repositories/other", ORDERS)).isEmpty();
    assertThat(baselines.baselines(SHOP, new ServiceName("other"))).isEmpty();
  }

  @Test
  void theNewestTenThatShippedAreTheBaseline() {
    Baselines baselines = baselines();
    for (int i = 1; i <= 12; i++) {
      baselines.measured(SHOP, ORDERS, candidate(i), run(i));
      baselines.shipped(SHOP, ORDERS, candidate(i));
    }
    baselines.shipped(SHOP, ORDERS, candidate(3));

    assertThat(baselines.baselines(SHOP, ORDERS)).hasSize(10).first().isEqualTo(run(12));
    assertThat(baselines.baselines(SHOP, ORDERS)).last().isEqualTo(run(3));
  }

  @Test
  void theLaterMeasurementOfACandidateCounts() {
    Baselines baselines = baselines();
    baselines.measured(SHOP, ORDERS, candidate(1), run(10));
    baselines.measured(SHOP, ORDERS, candidate(1), run(20));

    assertThat(baselines.measurement(SHOP, ORDERS, candidate(1))).contains(run(20));
  }

  @Test
  void aPairIsOfAChangeThatShippedAndWasSeenInBoth() {
    Baselines baselines = baselines();
    baselines.measured(SHOP, ORDERS, candidate(1), run(10));
    baselines.observed(SHOP, ORDERS, candidate(1), traffic(15));
    baselines.measured(SHOP, ORDERS, candidate(2), run(10));
    baselines.shipped(SHOP, ORDERS, candidate(2));
    baselines.observed(SHOP, ORDERS, candidate(3), traffic(10));
    baselines.shipped(SHOP, ORDERS, candidate(3));

    assertThat(baselines.pairs(SHOP, ORDERS)).isEmpty();

    baselines.shipped(SHOP, ORDERS, candidate(1));

    assertThat(baselines.pairs(SHOP, ORDERS))
        .containsExactly(new Calibration.Pair(candidate(1).brief(), 10, 15, Factors.NONE));
  }

  @Test
  void aPairHasTheFactorsUnderWhichItWasMeasured() {
    Factors then = Factors.of(Map.of("cpu", 2.0, "database", 1.5));
    Baselines baselines = baselines();
    StagingRun run = new StagingRun(run(30).endpoints(), then);
    baselines.measured(SHOP, ORDERS, candidate(1), run);
    baselines.observed(SHOP, ORDERS, candidate(1), traffic(20));
    baselines.shipped(SHOP, ORDERS, candidate(1));

    assertThat(baselines.measurement(SHOP, ORDERS, candidate(1))).contains(run);
    assertThat(baselines.baselines(SHOP, ORDERS)).containsExactly(run);
    assertThat(baselines.pairs(SHOP, ORDERS))
        .containsExactly(new Calibration.Pair(candidate(1).brief(), 30, 20, then));
  }

  @Test
  void aForecastIsOfWhatWasMeasured() {
    Baselines baselines = baselines();
    Factors now = Factors.of(Map.of("cpu", 2.0));
    baselines.measured(SHOP, ORDERS, candidate(1), run(10));
    baselines.observed(SHOP, ORDERS, candidate(1), traffic(30));
    baselines.shipped(SHOP, ORDERS, candidate(1));
    baselines.measured(SHOP, ORDERS, candidate(2), new StagingRun(run(10).endpoints(), now));

    assertThat(baselines.forecast(SHOP, ORDERS, candidate(3))).isEmpty();
    assertThat(baselines.forecast(SHOP, ORDERS, candidate(2)))
        .hasValueSatisfying(
            forecast -> {
              assertThat(forecast.staging()).isEqualTo(10);
              assertThat(forecast.expected()).isCloseTo(15, within(1e-9));
              assertThat(forecast.factors()).isEqualTo(now);
              assertThat(forecast.newest()).isEqualTo(candidate(1).brief());
            });
  }

  private static CommitId candidate(int number) {
    return new CommitId(Integer.toHexString(0x10000000 + number).repeat(5));
  }

  private static StagingRun run(double millis) {
    return StagingRun.of("GET /orders", traffic(millis));
  }

  private static ArmTraffic traffic(double millis) {
    return new ArmTraffic(100, 1, new Latencies(List.of(new Latencies.Bucket(millis, 100))));
  }
}
