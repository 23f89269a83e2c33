package dev.slipway.policy.judge;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Whether the canary could be seen at all: missed and confounded intervals, gaps, clocks that jump,
 * and a canary that is silent while the baseline has traffic.
 */
final class Presence {
  private static final String SUBJECT = "traffic";

  /** A pass needs to have seen at least this share of the window. */
  private static final double SEEN_MIN = 0.8;

  /** A silence counts once this many requests should have reached the canary: e^-20 by chance. */
  private static final double EXPECTED_MIN = 20;

  /** The same before the canary ever had traffic, in requests of the baseline. */
  private static final long BASELINE_MIN = 1_000;

  private static final Duration JUMP_MIN = Duration.ofMinutes(5);

  private final JudgeLimits limits;
  private final Instant start;
  private final Map<String, Doubt> doubts = new LinkedHashMap<>();
  private Instant lastTo;
  private Optional<Instant> silentSince = Optional.empty();
  private Duration silence = Duration.ZERO;
  private long baselineInSilence;
  private Optional<Instant> blindSince = Optional.empty();
  private Duration unseen = Duration.ZERO;
  private Duration setAside = Duration.ZERO;
  private Optional<Interval.Confounded> lastSetAside = Optional.empty();
  private long canaryTotal;
  private long baselineTotal;

  Presence(JudgeLimits limits, Instant start) {
    this.limits = limits;
    this.start = start;
    this.lastTo = start;
  }

  void add(Interval interval) {
    step(interval);
    switch (interval) {
      case Interval.Missed missed ->
          blind(missed, Rules.NO_DATA, "Nothing was measured since %s: %s.", missed.why());
      case Interval.Confounded confounded -> confounded(confounded);
      case Interval.Measured measured -> measured(measured);
    }
    if (interval.to().isAfter(lastTo)) {
      lastTo = interval.to();
    }
  }

  private void step(Interval interval) {
    Duration gap = Duration.between(lastTo, interval.from());
    if (!interval.to().isAfter(interval.from())
        || (gap.isNegative() && gap.negated().compareTo(length(interval)) >= 0)) {
      note(
          Doubt.barsPass(
              Rules.CLOCK,
              SUBJECT,
              interval.to(),
              "The clock went back: an interval from %s to %s came after %s."
                  .formatted(
                      Words.time(interval.from()), Words.time(interval.to()), Words.time(lastTo))));
    }
    if (gap.isPositive()) {
      gap(interval.from(), gap);
    }
  }

  private void gap(Instant until, Duration gap) {
    unseen = unseen.plus(gap);
    if (gap.compareTo(JUMP_MIN) >= 0) {
      note(
          Doubt.barsPass(
              Rules.CLOCK,
              SUBJECT,
              until,
              "The time jumps by %s, from %s to %s: a clock was set, or nothing was measured."
                  .formatted(Words.span(gap), Words.time(lastTo), Words.time(until))));
    }
  }

  private static Duration length(Interval interval) {
    return Duration.between(interval.from(), interval.to());
  }

  /** Whatever the reason: a judge that sees nothing does not let a canary go on serving. */
  private void blind(Interval interval, String rule, String sentence, String why) {
    Instant since = blindSince.orElse(interval.from());
    blindSince = Optional.of(since);
    unseen = unseen.plus(length(interval));
    if (atLeast(Duration.between(since, interval.to()), limits.blindMax())) {
      note(Doubt.stops(rule, SUBJECT, interval.to(), sentence.formatted(Words.time(since), why)));
    }
  }

  private void confounded(Interval.Confounded interval) {
    setAside = setAside.plus(length(interval));
    lastSetAside = Optional.of(interval);
    blind(
        interval,
        Rules.CONFOUNDED,
        "Nothing could be judged since %s, because something else changed: %s.",
        interval.why());
  }

  private void measured(Interval.Measured measured) {
    blindSince = Optional.empty();
    long canary = measured.canary().requests();
    long baseline = measured.baseline().requests();
    if (canary > 0) {
      endSilence();
    } else if (baseline > 0) {
      silent(measured, baseline);
    }
    canaryTotal += canary;
    baselineTotal += baseline;
  }

  private void endSilence() {
    if (convincing()) {
      unseen = unseen.plus(silence);
    }
    silentSince = Optional.empty();
    silence = Duration.ZERO;
    baselineInSilence = 0;
  }

  private void silent(Interval.Measured measured, long baseline) {
    Instant since = silentSince.orElse(measured.from());
    silentSince = Optional.of(since);
    silence = silence.plus(length(measured));
    baselineInSilence += baseline;
    if (convincing() && atLeast(silence, limits.blindMax())) {
      note(
          Doubt.stops(
              Rules.NO_DATA,
              SUBJECT,
              measured.to(),
              "The canary has been silent since %s while the baseline served %s requests."
                  .formatted(Words.time(since), Words.count(baselineInSilence))));
    }
  }

  /** Whether the silence cannot be chance, by the share of traffic the canary had before it. */
  private boolean convincing() {
    if (canaryTotal == 0) {
      return baselineInSilence >= BASELINE_MIN;
    }
    long baselineBefore = Math.max(1, baselineTotal - baselineInSilence);
    return baselineInSilence * ((double) canaryTotal / baselineBefore) >= EXPECTED_MIN;
  }

  private void note(Doubt doubt) {
    doubts.putIfAbsent(doubt.reason().rule(), doubt);
  }

  /** What is wrong so far. */
  List<Doubt> doubts() {
    return List.copyOf(doubts.values());
  }

  /** What stands in the way of a pass at the window's end. */
  List<Doubt> doubtsAt(Instant end) {
    List<Doubt> all = new ArrayList<>(doubts.values());
    Duration watched = Duration.between(start, end);
    if (watched.toMillis() < 0.99 * limits.window().toMillis()) {
      all.add(
          Doubt.barsPass(
              Rules.WINDOW,
              SUBJECT,
              end,
              "Only %s of the window of %s were watched."
                  .formatted(Words.span(watched), Words.span(limits.window()))));
    }
    Duration blind = unseen.plus(convincing() ? silence : Duration.ZERO).plus(tail(end));
    boolean stopped = doubts.containsKey(Rules.NO_DATA) || doubts.containsKey(Rules.CONFOUNDED);
    if (!stopped && blind.toMillis() > (1 - SEEN_MIN) * watched.toMillis()) {
      all.add(unseen(end, blind, watched));
    }
    return all;
  }

  private Doubt unseen(Instant end, Duration blind, Duration watched) {
    String message =
        "The canary could not be seen for %s of %s."
            .formatted(Words.span(blind), Words.span(watched));
    return lastSetAside
        .map(
            last ->
                Doubt.barsPass(
                    Rules.CONFOUNDED,
                    SUBJECT,
                    end,
                    "%s Something else changed in %s of it, at last: %s."
                        .formatted(message, Words.span(setAside), last.why())))
        .orElseGet(() -> Doubt.barsPass(Rules.NO_DATA, SUBJECT, end, message));
  }

  private Duration tail(Instant end) {
    return end.isAfter(lastTo) ? Duration.between(lastTo, end) : Duration.ZERO;
  }

  private static boolean atLeast(Duration a, Duration b) {
    return a.compareTo(b) >= 0;
  }
}
