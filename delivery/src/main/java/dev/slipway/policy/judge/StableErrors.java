package dev.slipway.policy.judge;

import dev.slipway.policy.Reason;
import dev.slipway.policy.Verdict;
import java.time.Duration;
import java.util.List;

/**
 * Whether what production stably runs is in trouble now: the test that fails a canary for its error
 * rate, applied to the stable version. It fails a sound version with the same small probability,
 * and a version that fails every request within three intervals.
 */
public final class StableErrors {
  private static final String RULE = "deployment.incident";

  /** Of the intervals, at least this share has to have been measured to say anything. */
  private static final double SEEN_MIN = 0.5;

  private StableErrors() {}

  /**
   * @param place what is looked at, such as {@code production/orders}
   * @param lately the latest intervals, in order; what they say of a canary does not count
   * @return a fail if it is in trouble; not run if it could not be seen
   */
  public static Verdict judge(String place, List<Interval> lately, JudgeLimits limits) {
    if (lately.isEmpty()) {
      throw new IllegalArgumentException("there is nothing to look at");
    }
    Duration span = Duration.between(lately.getFirst().from(), lately.getLast().to());
    LimitTest test =
        new LimitTest(
            limits.errorRateMax(),
            limits.alpha() * Shares.ERROR_RATE,
            limits,
            Onsets.recorded(lately.getFirst().from(), span, lately.size()));
    int seen = 0;
    String unseen = "";
    for (Interval interval : lately) {
      switch (interval) {
        case Interval.Measured it -> {
          seen++;
          test.add(new Traffic(it.from(), it.to(), it.baseline().failures(), Counts.NONE));
        }
        case Interval.Missed it -> unseen = it.why();
        case Interval.Confounded it -> unseen = it.why();
      }
    }
    if (seen < SEEN_MIN * lately.size()) {
      return new Verdict.NotRun(
          List.of(new Reason(RULE, place, place + " cannot be seen now: " + unseen)));
    }
    Counts counts = test.canary();
    return test.blame().brokenAt().isPresent()
        ? new Verdict.Fail(
            List.of(
                new Reason(
                    RULE,
                    place,
                    "%s is in trouble itself: %s of %s requests failed (%s) in the last %s; at most %s may"
                        .formatted(
                            place,
                            Words.count(counts.hits()),
                            Words.count(counts.trials()),
                            Words.percent(counts.rate().orElse(0)),
                            Words.span(span),
                            Words.percent(test.limit())))))
        : new Verdict.Pass();
  }
}
