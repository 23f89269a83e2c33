package dev.slipway.bench.judge;

import static dev.slipway.bench.judge.Scenario.Truth.BAD;
import static dev.slipway.bench.judge.Scenario.Truth.GOOD;
import static dev.slipway.bench.judge.Scenario.Truth.UNDECIDABLE;

import java.util.List;
import java.util.function.DoubleUnaryOperator;

/** The kinds of rollouts that are simulated: 50 requests a second, 5 % of them to the canary. */
final class Scenarios {
  private static final Behaviour CANARY = Behaviour.of(2.5, 0.001, 120);
  private static final Behaviour BASELINE = Behaviour.of(47.5, 0.001, 120);
  private static final Behaviour HALF = Behaviour.of(25, 0.001, 120);

  private Scenarios() {}

  static List<Scenario> all() {
    return java.util.stream.Stream.of(good(), bad(), undecidable()).flatMap(List::stream).toList();
  }

  private static List<Scenario> good() {
    return List.of(
        new Scenario("good", GOOD, CANARY, BASELINE),
        new Scenario("good, no errors at all", GOOD, CANARY.failing(0), BASELINE.failing(0)),
        new Scenario(
            "good, 0.3 % errors in both", GOOD, CANARY.failing(0.003), BASELINE.failing(0.003)),
        new Scenario("good, half of the traffic", GOOD, HALF, HALF),
        new Scenario(
            "good, heavy-tailed latency",
            GOOD,
            CANARY.scattered(0.85).taking(t -> 90),
            BASELINE.scattered(0.85).taking(t -> 90)),
        new Scenario(
            "good, errors in bursts", GOOD, HALF.bursting(0.03, 0.03), HALF.bursting(0.03, 0.03)),
        new Scenario("good, wandering latency", GOOD, HALF.wandering(0.08), HALF.wandering(0.08)),
        new Scenario(
            "good, traffic and latency of the day", GOOD, diurnal(CANARY), diurnal(BASELINE)),
        new Scenario("good, 8 % slower", GOOD, HALF.slowedBy(1.08), HALF),
        new Scenario(
            "good, slow first minute", GOOD, CANARY.taking(t -> t < 0.5 ? 160 : 120), BASELINE),
        new Scenario(
            "good, one bad sampling interval", GOOD, CANARY.failing(t -> spike(t, 0.5)), BASELINE),
        new Scenario(
            "good, shared outage of 10 s",
            GOOD,
            CANARY.failing(t -> outage(t)),
            BASELINE.failing(t -> outage(t))));
  }

  private static List<Scenario> bad() {
    return List.of(
        new Scenario("bad, everything fails", BAD, CANARY.failing(1), BASELINE),
        new Scenario("bad, 10 % errors", BAD, CANARY.failing(0.10), BASELINE),
        new Scenario("bad, 10 times the limit", BAD, CANARY.failing(0.05), BASELINE),
        new Scenario("bad, 4 times the limit", BAD, CANARY.failing(0.02), BASELINE),
        new Scenario("bad, twice the limit", BAD, CANARY.failing(0.01), BASELINE),
        new Scenario("bad, twice the limit, half of the traffic", BAD, HALF.failing(0.01), HALF),
        new Scenario("bad, 4 times the baseline's errors", BAD, HALF.failing(0.004), HALF),
        new Scenario("bad, errors in bursts", BAD, HALF.bursting(0.25, 0.10), HALF),
        new Scenario("bad, p99 of 1.2 s", BAD, CANARY.slowedBy(3.2), BASELINE),
        new Scenario("bad, twice as slow within limits", BAD, CANARY.slowedBy(2), BASELINE),
        new Scenario("bad, 50 % slower", BAD, CANARY.slowedBy(1.5), BASELINE),
        new Scenario("bad, 25 % slower, half of the traffic", BAD, HALF.slowedBy(1.25), HALF),
        new Scenario("bad, longer tail only", BAD, HALF.scattered(0.75), HALF),
        new Scenario(
            "bad, leak of latency", BAD, CANARY.taking(t -> 120 * (1 + 0.15 * t)), BASELINE),
        new Scenario(
            "bad, errors from minute 9 on",
            BAD,
            CANARY.failing(t -> t < 9 ? 0.001 : 0.15),
            BASELINE),
        new Scenario(
            "bad, breaks at minute 5", BAD, CANARY.failing(t -> t < 5 ? 0.001 : 0.10), BASELINE));
  }

  private static List<Scenario> undecidable() {
    return List.of(
        new Scenario("too little traffic", UNDECIDABLE, CANARY.serving(t -> 0.3), BASELINE),
        new Scenario("both fail at 5 %", UNDECIDABLE, CANARY.failing(0.05), BASELINE.failing(0.05)),
        new Scenario("both slow", UNDECIDABLE, CANARY.slowedBy(4), BASELINE.slowedBy(4)),
        new Scenario("baseline fails at 5 %", UNDECIDABLE, CANARY, BASELINE.failing(0.05)),
        new Scenario("canary silent", UNDECIDABLE, CANARY.serving(t -> 0), BASELINE),
        new Scenario(
            "canary falls silent", UNDECIDABLE, CANARY.serving(t -> t < 4 ? 2.5 : 0), BASELINE));
  }

  private static Behaviour diurnal(Behaviour arm) {
    DoubleUnaryOperator wave = t -> 1 + 0.4 * Math.sin(2 * Math.PI * t / 10);
    return arm.serving(t -> arm.perSecond().applyAsDouble(t) * wave.applyAsDouble(t))
        .taking(t -> arm.median().applyAsDouble(t) * wave.applyAsDouble(t));
  }

  private static double spike(double t, double share) {
    return t >= 5 && t < 5.08 ? share : 0.001;
  }

  private static double outage(double t) {
    return t >= 5 && t < 5.16 ? 0.2 : 0.001;
  }
}
