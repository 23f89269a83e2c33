package dev.slipway.policy.judge;

import dev.slipway.policy.Verdict;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Supplier;

/** A metric with an absolute limit on the share of requests that do something bad. */
final class LimitMetric implements Metric {
  /** What is shown beside the verdict, in the metric's own unit. */
  record Shown(Supplier<OptionalDouble> canary, Supplier<OptionalDouble> baseline, double limit) {}

  private final String name;
  private final String did;
  private final LimitTest test;
  private final double alpha;
  private final Shown shown;

  /**
   * @param did what the counted requests did, as in "12 of 240 requests failed"
   * @param alpha the test's share of false alarms, for the sentence
   */
  LimitMetric(String name, String did, LimitTest test, double alpha, Shown shown) {
    this.name = name;
    this.did = did;
    this.test = test;
    this.alpha = alpha;
    this.shown = shown;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public Optional<Instant> failedAt() {
    return test.blame().brokenAt();
  }

  @Override
  public Optional<Instant> sharedSince() {
    return test.blame().sharedSince();
  }

  @Override
  public Verdict verdict(Phase phase) {
    Blame blame = test.blame();
    if (blame.brokenAt().isPresent()) {
      return fail(sentence() + chance() + blame.onset());
    }
    if (blame.sharedSince().isPresent() || blame.baselineBroken() || blame.shared()) {
      return inconclusive(Rules.BASELINE_BAD, baselineSentence());
    }
    if (test.canary().trials() == 0) {
      return inconclusive(Rules.NO_DATA, "No canary request was measured for " + name + ".");
    }
    if (phase == Phase.OVER && !test.enough()) {
      return inconclusive(Rules.TOO_LITTLE_TRAFFIC, tooLittle());
    }
    if (phase == Phase.OVER && test.baselineDoubtful()) {
      return inconclusive(Rules.BASELINE_BAD, baselineSentence());
    }
    if (phase == Phase.OVER && (blame.suspicious() || test.doubtful())) {
      return suspicious(blame.onset());
    }
    if (phase == Phase.OVER && blame.rises()) {
      return rising();
    }
    return holds(phase);
  }

  @Override
  public String sentence() {
    return arm("canary", test.canary()) + "; at most " + Words.percent(test.limit()) + " may.";
  }

  private String arm(String arm, Counts counts) {
    return "%s of %s %s requests %s (%s)"
        .formatted(
            Words.count(counts.hits()),
            Words.count(counts.trials()),
            arm,
            did,
            Words.percent(counts.rate().orElse(0)));
  }

  private String baselineSentence() {
    return "The baseline itself is bad: "
        + arm("baseline", test.baseline())
        + ", "
        + arm("canary", test.canary())
        + "; at most "
        + Words.percent(test.limit())
        + " may.";
  }

  private String chance() {
    return " Fewer than one good canary in "
        + Words.count((long) Math.floor(1 / alpha))
        + " looks like that.";
  }

  private String tooLittle() {
    return "Only %s requests reached the canary; %s are needed to see several times the limit of %s."
        .formatted(
            Words.count(test.canary().trials()),
            Words.count(test.trialsNeeded()),
            Words.percent(test.limit()));
  }

  @Override
  public OptionalDouble canary() {
    return shown.canary().get();
  }

  @Override
  public OptionalDouble baseline() {
    return shown.baseline().get();
  }

  @Override
  public OptionalDouble limit() {
    return OptionalDouble.of(shown.limit());
  }
}
