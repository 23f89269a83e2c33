package dev.slipway.app.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.policy.Thresholds;
import java.time.Duration;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class TrafficRateTest {
  private static final DemoSettings SHORT =
      new DemoSettings(Duration.ofSeconds(5), Duration.ofSeconds(20), Duration.ofSeconds(4));

  @Test
  void theCanaryGetsMoreThanTheJudgeNeedsInEveryWindow() {
    TrafficRate rate = TrafficRate.enoughFor(SHORT, Thresholds.DEFAULT);

    assertThat(rate.perSecond() * 0.05 * 20).isGreaterThan(rate.canaryRequests());
    assertThat(rate.perSecond() * 0.25 * 4)
        .isGreaterThan(TrafficRate.leastCanaryRequests(SHORT.rampStep(), Thresholds.DEFAULT));
  }

  @Test
  void aLongerWindowNeedsLessTraffic() {
    DemoSettings longer =
        new DemoSettings(Duration.ofSeconds(5), Duration.ofSeconds(60), Duration.ofSeconds(12));

    assertThat(TrafficRate.enoughFor(longer, Thresholds.DEFAULT).perSecond())
        .isLessThan(TrafficRate.enoughFor(SHORT, Thresholds.DEFAULT).perSecond() / 2);
  }

  @Test
  void aboutThreeQuotesInTenNameTheCustomerWithTheLongHistory() {
    Random random = new Random(1);
    var quotes =
        Stream.generate(() -> CustomerTraffic.path(random))
            .limit(10_000)
            .filter(path -> path.startsWith("/quote?"))
            .toList();
    long named = quotes.stream().filter(path -> path.endsWith("customer=builders-direct")).count();

    assertThat((double) named / quotes.size()).isBetween(0.28, 0.32);
  }
}
