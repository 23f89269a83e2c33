package dev.slipway.policy.judge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.slipway.policy.Verdict;
import dev.slipway.policy.judge.Calibration.Pair;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class CalibrationTest {
  @Test
  void nothingIsKnownWithoutAChangeThatShipped() {
    Forecast forecast = Calibration.of(List.of()).forecast(100, Factors.NONE);

    assertThat(forecast.calibrated()).isFalse();
    assertThat(forecast.expected()).isEqualTo(100);
    assertThat(forecast.low()).isCloseTo(25, within(0.01));
    assertThat(forecast.high()).isCloseTo(400, within(0.01));
    assertThat(forecast.newest()).isEqualTo("none");
  }

  @Test
  void withFewPairsTheRatioIsUsedAndTheIntervalStaysWide() {
    Forecast forecast = Calibration.of(List.of(pair("b", 10, 20))).forecast(100, Factors.NONE);

    assertThat(forecast.calibrated()).isFalse();
    assertThat(forecast.expected()).isCloseTo(200, within(0.01));
    assertThat(forecast.high()).isCloseTo(800, within(0.01));
    assertThat(forecast.newest()).isEqualTo("b");
  }

  @Test
  void oneOddChangeDoesNotMoveWhatIsExpected() {
    List<Pair> pairs = new ArrayList<>();
    IntStream.range(0, 19).forEach(i -> pairs.add(pair("c" + i, 10, 15)));
    pairs.add(pair("odd", 10, 15_000));

    Forecast forecast = Calibration.of(pairs).forecast(40, Factors.NONE);

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
        Forecast forecast = Calibration.of(past).forecast(next.staging(), Factors.NONE);
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
    return pair("x", staging, staging * 1.7 * Math.exp(0.2 * random.nextGaussian()));
  }

  private static Pair pair(String change, double staging, double production) {
    return new Pair(change, staging, production, Factors.NONE);
  }

  @Test
  void aRunWithoutRequestsIsNoPair() {
    ArmTraffic run = new ArmTraffic(1, 0, new Latencies(List.of(new Latencies.Bucket(5, 1))));

    assertThat(Pair.of("a", run, ArmTraffic.NONE, Factors.NONE)).isEmpty();
    assertThat(Pair.of("a", ArmTraffic.NONE, run, Factors.NONE)).isEmpty();
    assertThat(Pair.of("a", run, run, Factors.NONE)).contains(pair("a", 5, 5));
    assertThatThrownBy(() -> pair("a", Double.NaN, 1)).isInstanceOf(IllegalArgumentException.class);
  }

  private static final Factors STATED = Factors.of(Map.of("cpu", 2.0, "database", 1.5));

  @Test
  void beforeAnythingShippedTheStatedFactorsAreApplied() {
    Forecast forecast = Calibration.of(List.of()).forecast(300, STATED);

    assertThat(forecast.calibrated()).isFalse();
    assertThat(forecast.expected()).isCloseTo(100, within(1e-9));
    assertThat(forecast.low()).isCloseTo(25, within(1e-9));
    assertThat(forecast.high()).isCloseTo(400, within(1e-9));
    assertThat(forecast.describe("orders"))
        .contains("100.0 ms expected", "uncalibrated: 0 of the 9")
        .contains("with the factors cpu 2, database 1.5");
  }

  /** Staging is three times slower for stated reasons, and what is left is a ratio of 0.8. */
  private static Pair under(Factors factors, Random random, double noise) {
    double honest = Math.exp(4 + random.nextGaussian());
    return new Pair(
        "x",
        honest * factors.product(),
        honest * 0.8 * Math.exp(noise * random.nextGaussian()),
        factors);
  }

  @Test
  void aKnownRatioIsRecoveredUnderOutliersWhateverTheFactorsWere() {
    for (int seed = 0; seed < 200; seed++) {
      Random random = new Random(seed);
      List<Pair> pairs = new ArrayList<>();
      for (int i = 0; i < 40; i++) {
        Factors then = Factors.of(Map.of("cpu", 0.5 + 3 * random.nextDouble()));
        Pair pair = under(then, random, 0.02);
        boolean odd = i % 3 == 0;
        pairs.add(odd ? new Pair("odd", pair.staging(), pair.production() * 1_000, then) : pair);
      }
      Forecast forecast = Calibration.of(pairs).forecast(300, STATED);
      assertThat(forecast.expected()).as("seed %d", seed).isCloseTo(80, within(4.0));
      assertThat(forecast.pairs()).isEqualTo(40);
    }
  }

  @Test
  void factorsChangeNothingOnceEnoughPairsExistUnderThem() {
    for (int seed = 0; seed < 200; seed++) {
      Random random = new Random(seed);
      Factors factors = Factors.of(Map.of("cpu", 0.1 + 10 * random.nextDouble()));
      List<Pair> with = new ArrayList<>();
      int count = Calibration.PAIRS_MIN + random.nextInt(20);
      for (int i = 0; i < count; i++) {
        with.add(under(factors, random, 0.3));
      }
      List<Pair> without =
          with.stream().map(it -> pair(it.change(), it.staging(), it.production())).toList();

      // What shipped under others before, and how these were, does not matter any more.
      with.addAll(IntStream.range(0, 10).mapToObj(i -> under(STATED, random, 3)).toList());
      Forecast stated = Calibration.of(with).forecast(120, factors);
      Forecast plain = Calibration.of(without).forecast(120, Factors.NONE);

      assertThat(stated.expected()).isCloseTo(plain.expected(), within(1e-6));
      assertThat(stated.low()).isCloseTo(plain.low(), within(1e-6));
      assertThat(stated.high()).isCloseTo(plain.high(), within(1e-6));
      assertThat(stated.error()).isCloseTo(plain.error(), within(1e-9));
      assertThat(stated.pairs()).isEqualTo(plain.pairs());
    }
  }

  @Test
  void aFactorThatChangesWithTheEnvironmentKeepsWhatWasLearned() {
    Random random = new Random(1);
    List<Pair> before =
        IntStream.range(0, 20).mapToObj(i -> under(Factors.NONE, random, 0.01)).toList();
    Factors smaller = Factors.of(Map.of("cpu", 2.0));

    Forecast forecast = Calibration.of(before).forecast(200, smaller);

    assertThat(forecast.calibrated()).isTrue();
    assertThat(forecast.expected()).isCloseTo(80, within(2.0));
    assertThat(forecast.version()).isEqualTo("up to x with the factors cpu 2");
  }

  @Test
  void theIntervalHoldsAsOftenAsItSaysAcrossFactors() {
    int held = 0;
    int trials = 2_000;
    for (int trial = 0; trial < trials; trial++) {
      Random random = new Random(trial * 1_000_003L);
      List<Pair> past =
          IntStream.range(0, 20)
              .mapToObj(i -> under(i < 5 ? STATED : Factors.NONE, random, 0.2))
              .toList();
      Pair next = under(STATED, random, 0.2);
      Forecast forecast = Calibration.of(past).forecast(next.staging(), STATED);
      held += forecast.low() <= next.production() && next.production() <= forecast.high() ? 1 : 0;
    }
    assertThat((double) held / trials).isGreaterThan(Calibration.CONFIDENCE - 0.02);
  }

  @Test
  void whatMayExceedALimitIsKnownOnlyOnceItIsCalibrated() {
    Duration limit = Duration.ofMillis(800);
    List<Pair> few = IntStream.range(0, 8).mapToObj(i -> pair("c", 10, 100)).toList();
    assertThat(Calibration.of(few).forecast(100, Factors.NONE).mayExceed(limit)).isFalse();

    List<Pair> enough = IntStream.range(0, 9).mapToObj(i -> pair("c", 10, 50 + i)).toList();
    Forecast straddles = Calibration.of(enough).forecast(140, Factors.NONE);
    assertThat(straddles.low()).isLessThan(800);
    assertThat(straddles.mayExceed(limit)).isTrue();
    assertThat(straddles.judge("orders", limit)).isEqualTo(new Verdict.Pass());
    Forecast beyond = Calibration.of(enough).forecast(200, Factors.NONE);
    assertThat(beyond.judge("orders", limit).reasons())
        .singleElement()
        .satisfies(it -> assertThat(it.rule()).isEqualTo("validation.predicted_latency"));
    assertThat(Calibration.of(enough).forecast(100, Factors.NONE).mayExceed(limit)).isFalse();
  }

  @Test
  void factorsAreBounded() {
    for (double times : new double[] {0, -1, 0.009, 101, Double.NaN, Double.POSITIVE_INFINITY}) {
      assertThatThrownBy(() -> Factors.of(Map.of("cpu", times)))
          .hasMessage("the factor cpu must lie between 0.01 and 100.0");
    }
    Map<String, Double> many = new TreeMap<>();
    IntStream.range(0, 21).forEach(i -> many.put("c" + i, 1.0));
    assertThatThrownBy(() -> Factors.of(many)).hasMessage("at most 20 factors");
    assertThat(STATED).hasToString("cpu 2, database 1.5");
  }
}
