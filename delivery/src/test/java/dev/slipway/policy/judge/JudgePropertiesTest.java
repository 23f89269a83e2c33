package dev.slipway.policy.judge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.policy.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** What the tests promise, established on seeded streams with a look after every interval. */
class JudgePropertiesTest {
  private static final Instant START = Instant.parse("2026-01-05T10:00:00Z");
  private static final Duration WINDOW = Duration.ofMinutes(10);
  private static final int INTERVALS = 120;
  private static final int STREAMS = 10_000;

  /** High enough that the false alarms of ten thousand streams can be counted. */
  private static final double ALPHA = 0.01;

  private static final Onsets ONSETS = Onsets.extensible(START, WINDOW);
  private static final JudgeLimits LIMITS = JudgeLimits.DEFAULT;

  private static Instant at(int interval) {
    return START.plusSeconds(5L * interval);
  }

  /** Sums of Bernoulli trials, by inversion of the geometric gaps between hits. */
  private static long binomial(long n, double p, SplittableRandom random) {
    long hits = 0;
    double position = 0;
    double logMiss = Math.log1p(-p);
    while (true) {
      position += Math.floor(Math.log(1 - random.nextDouble()) / logMiss) + 1;
      if (position > n) {
        return hits;
      }
      hits++;
    }
  }

  private static Counts counts(long n, double p, SplittableRandom random) {
    return new Counts(p == 0 ? 0 : binomial(n, p, random), n);
  }

  @Test
  void aCanaryExactlyAtItsLimitIsFailedWithProbabilityAlphaAtMost() {
    int alarms = 0;
    for (int stream = 0; stream < STREAMS; stream++) {
      SplittableRandom random = new SplittableRandom(stream);
      CountTest test = new CountTest(Alternatives.around(4, 0.005), ALPHA, ONSETS);
      for (int i = 0; i < INTERVALS && !test.evidence().rejects(); i++) {
        test.add(at(i), counts(12, 0.005, random), 0.005, 1);
      }
      alarms += test.evidence().rejects() ? 1 : 0;
    }
    assertThat(alarms).isLessThanOrEqualTo((int) (STREAMS * ALPHA));
  }

  @Test
  void equalArmsAreToldApartWithProbabilityAlphaAtMostWhateverTheTimeOfDay() {
    int alarms = 0;
    for (int stream = 0; stream < STREAMS; stream++) {
      SplittableRandom random = new SplittableRandom(stream);
      ComparisonTest test =
          new ComparisonTest(
              1, OptionalDouble.empty(), ALPHA, Alternatives.around(LIMITS.effect()), ONSETS);
      for (int i = 0; i < INTERVALS && test.brokenAt().isEmpty(); i++) {
        double rate = 0.02 * (1 + 0.9 * Math.sin(i / 10.0));
        test.add(
            new Traffic(at(i), at(i + 1), counts(10 + i, rate, random), counts(60, rate, random)));
      }
      alarms += test.brokenAt().isPresent() ? 1 : 0;
    }
    assertThat(alarms).isLessThanOrEqualTo((int) (STREAMS * ALPHA));
  }

  @Test
  void ratesWhoseMeanIsTheLimitAreFailedWithProbabilityAlphaAtMost() {
    int alarms = 0;
    for (int stream = 0; stream < STREAMS; stream++) {
      SplittableRandom random = new SplittableRandom(stream);
      RateTest test = new RateTest(0.005, ALPHA, Onsets.recorded(START, WINDOW, INTERVALS));
      for (int i = 0; i < INTERVALS && !test.evidence().rejects(); i++) {
        // Most rows are clean and a few are bad; the mean is the limit.
        test.add(at(i), random.nextDouble() < 0.1 ? 0.1 * random.nextDouble() : 0);
      }
      alarms += test.evidence().rejects() ? 1 : 0;
    }
    assertThat(alarms).isLessThanOrEqualTo((int) (STREAMS * ALPHA));
  }

  @Test
  void rowsThatScatterAroundTheReferenceRarelyFail() {
    int alarms = 0;
    for (int stream = 0; stream < STREAMS; stream++) {
      SplittableRandom random = new SplittableRandom(stream);
      RowTest test = new RowTest(ALPHA, Onsets.recorded(START, WINDOW, 60));
      for (int i = 0; i < 60 && !test.evidence().rejects(); i++) {
        test.add(at(2 * i), 0.3 * random.nextGaussian());
      }
      alarms += test.evidence().rejects() ? 1 : 0;
    }
    assertThat(alarms).isLessThanOrEqualTo((int) (STREAMS * ALPHA));
  }

  @Test
  void trialsNeededGiveThePowerTheyPromise() {
    double alpha = LIMITS.alpha() * Shares.ERROR_RATE;
    long needed = Power.trialsNeeded(0.005, alpha, 4, 0.9);
    assertThat(needed).isBetween(1_000L, 1_400L);
    int seen = 0;
    int streams = 2_000;
    for (int stream = 0; stream < streams; stream++) {
      SplittableRandom random = new SplittableRandom(stream);
      CountTest test = new CountTest(Alternatives.around(4, 0.005), alpha, ONSETS);
      long sent = 0;
      for (int i = 0; sent < needed && !test.evidence().rejects(); i++) {
        long n = Math.min(5, needed - sent);
        test.add(at(i), counts(n, 0.02, random), 0.005, 1);
        sent += n;
      }
      seen += test.evidence().rejects() ? 1 : 0;
    }
    assertThat(seen).isGreaterThanOrEqualTo((int) (0.88 * streams));
  }

  @Test
  void everythingFailingIsSeenInThreeIntervalsWheneverItBegins() {
    for (int begin = 0; begin < INTERVALS - 3; begin += 7) {
      CountTest test = new CountTest(Alternatives.around(4, 0.005), LIMITS.alpha() * 0.5, ONSETS);
      for (int i = 0; i < begin; i++) {
        test.add(at(i), new Counts(0, 12), 0.005, 1);
      }
      for (int i = begin; i < begin + 3; i++) {
        test.add(at(i), new Counts(12, 12), 0.005, 1);
      }
      assertThat(test.evidence().rejects()).as("begin at %d", begin).isTrue();
    }
  }

  @Test
  void oneIntervalNeverDecidesAlone() {
    CountTest test = new CountTest(Alternatives.around(4, 0.005), LIMITS.alpha() * 0.5, ONSETS);
    test.add(at(0), new Counts(1_000, 1_000), 0.005, 1);
    assertThat(test.evidence().rejects()).isFalse();
  }

  @Test
  void anErrorMoreNeverTurnsAFailIntoAnythingElse() {
    for (int stream = 0; stream < 300; stream++) {
      SplittableRandom random = new SplittableRandom(stream);
      double canaryRate = 0.03 * random.nextDouble();
      double baselineRate = 0.008 * random.nextDouble();
      List<Interval.Measured> less = new ArrayList<>();
      List<Interval.Measured> more = new ArrayList<>();
      for (int i = 0; i < INTERVALS; i++) {
        ArmTraffic canary = traffic(25, canaryRate, random);
        ArmTraffic baseline = traffic(100, baselineRate, random);
        less.add(new Interval.Measured(at(i), at(i + 1), canary, baseline));
        boolean add = canary.errors() < canary.requests() && random.nextInt(30) == 0;
        ArmTraffic worse =
            new ArmTraffic(canary.requests(), canary.errors() + (add ? 1 : 0), canary.latencies());
        more.add(new Interval.Measured(at(i), at(i + 1), worse, baseline));
      }
      Optional<Instant> failed = failedAt(less);
      Optional<Instant> failedWithMore = failedAt(more);
      assertThat(failed.isEmpty() || failedWithMore.isPresent()).as("stream %d", stream).isTrue();
      failed.ifPresent(at -> assertThat(failedWithMore.orElseThrow()).isBeforeOrEqualTo(at));
    }
  }

  private static ArmTraffic traffic(long n, double rate, SplittableRandom random) {
    return new ArmTraffic(
        n,
        counts(n, rate, random).hits(),
        new Latencies(List.of(new Latencies.Bucket(100 + random.nextInt(3), n))));
  }

  private static Optional<Instant> failedAt(List<Interval.Measured> intervals) {
    LimitTest limit = new LimitTest(0.005, LIMITS.alpha() * 0.5, LIMITS, ONSETS);
    Metric metric = ErrorMetrics.limit(limit, LIMITS.alpha() * 0.5, LIMITS);
    for (Interval.Measured i : intervals) {
      limit.add(new Traffic(i.from(), i.to(), i.canary().failures(), i.baseline().failures()));
    }
    assertThat(metric.failedAt().isPresent())
        .isEqualTo(metric.verdict(Metric.Phase.OVER) instanceof Verdict.Fail);
    return metric.failedAt();
  }
}
