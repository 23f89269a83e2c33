package dev.slipway.policy.judge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.slipway.policy.judge.Calibration.Forecast;
import dev.slipway.policy.judge.Calibration.Pair;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class CalibrationTest {
  @Test
  void nothingIsKnownWithoutAChangeThatShipped() {
    Forecast forecast = Calibration.of(List.of()).forecast(100);

    assertThat(forecast.calibrated()).isFalse();
    assertThat(forecast.expected()).isEqualTo(100);
    assertThat(forecast.low()).isCloseTo(25, within(0.01));
    assertThat(forecast.high()).isCloseTo(400, within(0.01));
    assertThat(forecast.version()).isEqualTo("none");
  }

  @Test
  void withFewPairsTheRatioIsUsedAndTheIntervalStaysWide() {
    Forecast forecast = Calibration.of(List.of(new Pair("b", 10, 20))).forecast(100);

    assertThat(forecast.calibrated()).isFalse();
    assertThat(forecast.expected()).isCloseTo(200, within(0.01));
    assertThat(forecast.high()).isCloseTo(800, within(0.01));
    assertThat(forecast.version()).isEqualTo("b");
  }

  @Test
  void oneOddChangeDoesNotMoveWhatIsExpected() {
    List<Pair> pairs = new ArrayList<>();
    IntStream.range(0, 19).forEach(i -> pairs.add(new Pair("c" + i, 10, 15)));
    pairs.add(new Pair("odd", 10, 15_000));

    Forecast forecast = Calibration.of(pairs).forecast(40);

    assertThat(forecast.calibrated()).isTrue();
    assertThat(forecast.expected()).isCloseTo(60, within(0.01));
    assertThat(forecast.high()).isCloseTo(60, within(0.01));
    assertThat(forecast.error()).isCloseTo(0, within(1e-9));
    assertThat(forecast.pairs()).isEqualTo(20);
  }

  @Test
  void theIntervalHoldsAsOftenAsItSays() {
    for (int pairs : new int[] {9, 20, 50}) {
      int held = 0;
      int trials = 2_000;
      for (int trial = 0; trial < trials; trial++) {
        Random random = new Random(trial * 1_000_003L + pairs);
        List<Pair> past = IntStream.range(0, pairs).mapToObj(i -> pair(random)).toList();
        Pair next = pair(random);
        Forecast forecast = Calibration.of(past).forecast(next.staging());
        if (forecast.low() <= next.production() && next.production() <= forecast.high()) {
          held++;
        }
      }
      assertThat((double) held / trials)
          .as("%d pairs", pairs)
          .isGreaterThan(Calibration.CONFIDENCE - 0.02);
    }
  }

  private static Pair pair(Random random) {
    double staging = Math.exp(3 + random.nextGaussian());
    return new Pair("x", staging, staging * 1.7 * Math.exp(0.2 * random.nextGaussian()));
  }

  @Test
  void aRunWithoutRequestsIsNoPair() {
    ArmTraffic run = new ArmTraffic(1, 0, new Latencies(List.of(new Latencies.Bucket(5, 1))));

    assertThat(Pair.of("a", run, ArmTraffic.NONE)).isEmpty();
    assertThat(Pair.of("a", ArmTraffic.NONE, run)).isEmpty();
    assertThat(Pair.of("a", run, run)).contains(new Pair("a", 5, 5));
    assertThatThrownBy(() -> new Pair("a", Double.NaN, 1))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
