package dev.slipway.bench.judge;

import dev.slipway.policy.judge.Arm;
import dev.slipway.policy.judge.ArmTraffic;
import dev.slipway.policy.judge.Interval;
import dev.slipway.policy.judge.Latencies;
import dev.slipway.policy.judge.Latencies.Bucket;
import dev.slipway.policy.judge.Recording;
import dev.slipway.policy.judge.Row;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** One simulated rollout: what was measured in every sampling interval of ten minutes. */
record Rollout(List<Interval.Measured> intervals) {
  static final Instant START = Instant.parse("2026-01-05T10:00:00Z");
  static final Duration WINDOW = Duration.ofMinutes(10);

  private static final double BUCKET = Math.log(1.02);
  private static final int BUCKETS = 700;
  private static final int AT_800 = 400;

  static Rollout simulate(Scenario scenario, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    List<Interval.Measured> intervals = new ArrayList<>();
    double canaryMood = 0;
    double baselineMood = 0;
    Instant end = START.plus(WINDOW);
    for (Instant from = START; from.isBefore(end); from = from.plus(scenario.every())) {
      canaryMood = mood(canaryMood, scenario.canary(), random);
      baselineMood = mood(baselineMood, scenario.baseline(), random);
      intervals.add(
          new Interval.Measured(
              from,
              from.plus(scenario.every()),
              traffic(scenario, scenario.canary(), canaryMood, from, random),
              traffic(scenario, scenario.baseline(), baselineMood, from, random)));
    }
    return new Rollout(intervals);
  }

  /** A walk that forgets a tenth of itself each time, with the wanted standard deviation. */
  private static double mood(double before, Behaviour arm, SplittableRandom random) {
    return 0.9 * before + Math.sqrt(1 - 0.81) * arm.wander() * random.nextGaussian();
  }

  private static ArmTraffic traffic(
      Scenario scenario, Behaviour arm, double mood, Instant from, SplittableRandom random) {
    double seconds = scenario.every().toMillis() / 1000.0;
    double minute = Duration.between(START, from).toMillis() / 60_000.0;
    int requests = poisson(arm.perSecond().applyAsDouble(minute) * seconds, random);
    double rate = arm.errorRate().applyAsDouble(minute);
    if (random.nextDouble() < arm.bursts().chance()) {
      rate = Math.max(rate, arm.bursts().share());
    }
    double middle = Math.log(arm.median().applyAsDouble(minute)) + mood;
    int errors = 0;
    long[] counts = new long[BUCKETS];
    for (int i = 0; i < requests; i++) {
      errors += random.nextDouble() < rate ? 1 : 0;
      counts[bucket(middle + arm.tail() * random.nextGaussian())]++;
    }
    return new ArmTraffic(requests, errors, latencies(counts));
  }

  private static int bucket(double logMillis) {
    double steps = Math.ceil((logMillis - Math.log(800)) / BUCKET);
    return (int) Math.clamp(AT_800 + steps, 0, BUCKETS - 1);
  }

  private static Latencies latencies(long[] counts) {
    List<Bucket> buckets = new ArrayList<>();
    double before = 0;
    for (int i = 0; i < BUCKETS; i++) {
      if (counts[i] > 0) {
        double lower = 800 * Math.exp((i - 1 - AT_800) * BUCKET);
        if (lower > before) {
          buckets.add(new Bucket(i - 1 == AT_800 ? 800 : lower, 0));
        }
        before = i == AT_800 ? 800 : 800 * Math.exp((i - AT_800) * BUCKET);
        buckets.add(new Bucket(before, counts[i]));
      }
    }
    return new Latencies(buckets);
  }

  private static int poisson(double mean, SplittableRandom random) {
    if (mean > 60) {
      return (int) Math.max(0, Math.round(mean + Math.sqrt(mean) * random.nextGaussian()));
    }
    double limit = Math.exp(-mean);
    double product = random.nextDouble();
    int n = 0;
    while (product > limit) {
      product *= random.nextDouble();
      n++;
    }
    return n;
  }

  /** The same rollout as a recording with a row per arm and per {@code every} intervals. */
  Recording recording(int every) {
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < intervals.size(); i += every) {
      ArmTraffic canary = ArmTraffic.NONE;
      ArmTraffic baseline = ArmTraffic.NONE;
      for (Interval.Measured interval :
          intervals.subList(i, Math.min(intervals.size(), i + every))) {
        canary = canary.plus(interval.canary());
        baseline = baseline.plus(interval.baseline());
      }
      Instant time = intervals.get(i).from();
      rows.add(row(time, Arm.CANARY, canary));
      rows.add(row(time, Arm.BASELINE, baseline));
    }
    return new Recording(List.of(0.99), rows);
  }

  private static Row row(Instant time, Arm arm, ArmTraffic traffic) {
    return new Row(
        time,
        arm,
        "",
        traffic.requests(),
        traffic.errors(),
        Double.NaN,
        List.of(traffic.latencies().quantile(0.99).orElse(Double.NaN)));
  }
}
