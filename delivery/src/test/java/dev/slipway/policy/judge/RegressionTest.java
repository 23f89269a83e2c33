package dev.slipway.policy.judge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.policy.Verdict;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class RegressionTest {
  @Test
  void slowerThanToleratedIsARegression() {
    assertThat(judge(run(200, 200), 100)).isInstanceOf(Verdict.Fail.class);
    assertThat(judge(run(200, 108), 100)).isInstanceOf(Verdict.Pass.class);
  }

  @Test
  void untilThreeHaveShippedTheyAreTakenToDiffer() {
    assertThat(judge(run(200, 160), 100, 100)).isInstanceOf(Verdict.Pass.class);
    assertThat(judge(run(200, 160), 100, 100, 100)).isInstanceOf(Verdict.Fail.class);
  }

  @Test
  void whatTheClockCannotTellApartIsNone() {
    assertThat(judge(run(200, 15), 2)).isInstanceOf(Verdict.Pass.class);
  }

  @Test
  void runsThatDifferAmongThemselvesTolerateAsMuch() {
    ArmTraffic now = run(200, 160);

    assertThat(judge(now, 100, 101, 99, 100, 102)).isInstanceOf(Verdict.Fail.class);
    assertThat(judge(now, 100, 140, 70, 120, 90)).isInstanceOf(Verdict.Pass.class);
  }

  @Test
  void oneOddRunIsNoExcuse() {
    assertThat(judge(run(200, 300), 100, 101, 5_000, 99, 100)).isInstanceOf(Verdict.Fail.class);
  }

  @Test
  void tooLittleIsInconclusive() {
    assertThat(judge(run(10, 100), 100)).isInstanceOf(Verdict.Inconclusive.class);
    assertThat(judge(run(200, 100))).isInstanceOf(Verdict.Inconclusive.class);
  }

  private static Verdict judge(ArmTraffic now, double... runs) {
    return Regression.judge(
        "orders", now, Arrays.stream(runs).mapToObj(it -> run(200, it)).toList(), 0.10);
  }

  private static ArmTraffic run(long requests, double millis) {
    return new ArmTraffic(
        requests,
        0,
        new Latencies(
            List.of(new Latencies.Bucket(millis - 1, 0), new Latencies.Bucket(millis, requests))));
  }
}
