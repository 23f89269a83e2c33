package dev.slipway.policy.judge;

import dev.slipway.policy.Reason;
import dev.slipway.policy.Verdict;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/** The share of requests that do something bad, against the concurrent baseline's. */
final class ComparisonMetric implements Metric {
  private final String name;
  private final String did;
  private final ComparisonTest test;
  private final JudgeLimits limits;

  ComparisonMetric(String name, String did, ComparisonTest test, JudgeLimits limits) {
    this.name = name;
    this.did = did;
    this.test = test;
    this.limits = limits;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public Optional<Instant> failedAt() {
    return test.brokenAt();
  }

  @Override
  public Optional<Instant> sharedSince() {
    return Optional.empty();
  }

  @Override
  public Verdict verdict(Phase phase) {
    if (test.brokenAt().isPresent()) {
      return fail(sentence() + " The canary is worse than the baseline tolerates." + test.onset());
    }
    if (test.baseline().trials() == 0) {
      return noBaseline(name, limits);
    }
    if (phase == Phase.OVER && test.suspicious()) {
      return suspicious(test.onset());
    }
    if (phase == Phase.OVER && test.rises()) {
      return rising();
    }
    return holds(phase);
  }

  /** Without a baseline there is nothing to compare; whether that matters is configured. */
  static Verdict noBaseline(String name, JudgeLimits limits) {
    return switch (limits.baseline()) {
      case OPTIONAL -> new Verdict.NotApplicable("no baseline traffic to compare with");
      case REQUIRED ->
          new Verdict.Inconclusive(
              List.of(
                  new Reason(
                      Rules.NO_BASELINE,
                      name,
                      "No baseline was measured at the same time, so "
                          + name
                          + " has nothing to compare with.")));
    };
  }

  @Override
  public String sentence() {
    return "%s of %s canary requests %s (%s), and %s of %s baseline requests (%s)."
        .formatted(
            Words.count(test.canary().hits()),
            Words.count(test.canary().trials()),
            did,
            Words.percent(test.canary().rate().orElse(0)),
            Words.count(test.baseline().hits()),
            Words.count(test.baseline().trials()),
            Words.percent(test.baseline().rate().orElse(0)));
  }

  @Override
  public OptionalDouble canary() {
    return test.canary().rate();
  }

  @Override
  public OptionalDouble baseline() {
    return test.baseline().rate();
  }

  @Override
  public OptionalDouble limit() {
    OptionalDouble rate = test.baseline().rate();
    return rate.isPresent()
        ? OptionalDouble.of(
            Math.max(ErrorMetrics.trifle(limits), rate.getAsDouble() * ErrorMetrics.ratio(limits)))
        : rate;
  }
}
