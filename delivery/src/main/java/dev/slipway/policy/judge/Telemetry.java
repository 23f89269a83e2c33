package dev.slipway.policy.judge;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** What is wrong with a recording itself; none of it lets a canary pass. */
final class Telemetry {
  private static final Duration JUMP_MIN = Duration.ofMinutes(5);
  private static final int JUMP_STEPS = 10;
  private static final double IMPOSSIBLE_MAX = 0.02;
  private static final double SEEN_MIN = 0.8;
  private static final double CELLS_MIN = 2.0 / 3;
  private static final double TAIL = 0.9;
  private static final String TRAFFIC = "traffic";

  private final Timeline timeline;
  private final Recording recording;
  private final JudgeLimits limits;

  Telemetry(Timeline timeline, Recording recording, JudgeLimits limits) {
    this.timeline = timeline;
    this.recording = recording;
    this.limits = limits;
  }

  List<Doubt> doubts() {
    List<Doubt> doubts = new ArrayList<>();
    if (recording.quantiles().isEmpty()) {
      doubts.add(
          Doubt.barsPass(
              Rules.NO_DATA,
              "latency_p99",
              timeline.end(),
              "The recording has no latency, such as a column latency_p99_ms."));
    }
    impossible().ifPresent(doubts::add);
    jump().ifPresent(doubts::add);
    apart().ifPresent(doubts::add);
    incomplete().ifPresent(doubts::add);
    unseen().ifPresent(doubts::add);
    partial(
            "error rate",
            tick -> tick.canary().failures().trials() > 0 || !Double.isNaN(tick.canary().rate()))
        .ifPresent(doubts::add);
    for (int q = 0; q < recording.quantiles().size(); q++) {
      int quantile = q;
      String name = RowLatency.label(recording.quantiles().get(q));
      partial(name, tick -> tick.canary().latency(quantile) > 0).ifPresent(doubts::add);
    }
    alone().ifPresent(doubts::add);
    doubts.addAll(Repeats.doubts(timeline));
    for (int q = 0; q < recording.quantiles().size(); q++) {
      double quantile = recording.quantiles().get(q);
      // A median may well be below a millisecond; what is limited is the tail.
      double limit = quantile < TAIL ? 0 : limits.latencyP99Max().toMillis();
      new MixedUnits(timeline, q, RowLatency.label(quantile), limit).doubt().ifPresent(doubts::add);
    }
    return doubts;
  }

  private Doubt doubt(String rule, String message) {
    return Doubt.barsPass(rule, TRAFFIC, timeline.end(), message);
  }

  private Optional<Doubt> impossible() {
    int all = timeline.impossible() + timeline.rows().size();
    if (timeline.impossible() <= IMPOSSIBLE_MAX * all) {
      return Optional.empty();
    }
    return Optional.of(
        doubt(
            Rules.IMPOSSIBLE,
            "%d of %d rows have impossible numbers: negative or huge ones, more errors than requests, or an error rate over 1 (it is a share, not a percentage)."
                .formatted(timeline.impossible(), all)));
  }

  /** A gap between two rows, of whichever arm, that is far longer than usual. */
  private Optional<Doubt> jump() {
    Duration usual = timeline.step().multipliedBy(JUMP_STEPS);
    Duration allowed = usual.compareTo(JUMP_MIN) > 0 ? usual : JUMP_MIN;
    Instant before = recording.rows().getFirst().time();
    for (Row row : recording.rows()) {
      Instant time = row.time();
      if (time.toEpochMilli() - before.toEpochMilli() > allowed.toMillis()) {
        return Optional.of(
            doubt(
                Rules.CLOCK,
                "The time jumps by %s, from %s to %s: a clock was set, or nothing was measured."
                    .formatted(
                        Words.span(Duration.between(before, time)),
                        Words.time(before),
                        Words.time(time))));
      }
      before = time;
    }
    return Optional.empty();
  }

  /** Both arms have rows, but never at the same time. */
  private Optional<Doubt> apart() {
    boolean baseline = recording.rows().stream().anyMatch(row -> row.arm() == Arm.BASELINE);
    boolean together =
        timeline.ticks().stream().anyMatch(t -> t.canary().present() && t.baseline().present());
    if (!baseline || together || recording.canaryStart().isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        doubt(
            Rules.CLOCK,
            "Canary and baseline have no row at the same time: their clocks differ, or they were not measured together."));
  }

  private Optional<Doubt> incomplete() {
    Instant last = timeline.rows().isEmpty() ? timeline.start() : timeline.rows().getLast().time();
    Duration watched =
        Duration.between(timeline.start(), last).plusMillis(recording.spacingMillis());
    if (watched.toMillis() >= 0.95 * limits.window().toMillis()) {
      return Optional.empty();
    }
    return Optional.of(
        doubt(
            Rules.WINDOW,
            "Only %s of the window of %s were recorded."
                .formatted(Words.span(watched), Words.span(limits.window()))));
  }

  private Optional<Doubt> unseen() {
    if (recording.canaryStart().isEmpty()) {
      return Optional.of(doubt(Rules.NO_DATA, "The recording shows nothing of the canary."));
    }
    Optional<Doubt> silence = silence("of the canary", Telemetry::seenOrIdle);
    if (silence.isPresent()) {
      return silence;
    }
    long seen = timeline.ticks().stream().filter(tick -> tick.canary().telling()).count();
    if (seen < SEEN_MIN * timeline.steps()) {
      return Optional.of(
          doubt(
              Rules.NO_DATA,
              "The canary was seen in %d of %d steps of the window only."
                  .formatted(seen, timeline.steps())));
    }
    return Optional.empty();
  }

  /** A number that is missing for long, or often, while the canary had traffic. */
  private Optional<Doubt> partial(String name, Predicate<Tick> has) {
    long telling = telling(tick -> true);
    long seen = telling(has);
    if (seen == 0) {
      return Optional.empty();
    }
    if (seen < CELLS_MIN * telling) {
      return Optional.of(
          Doubt.barsPass(
              Rules.NO_DATA,
              name,
              timeline.end(),
              "The canary has a value for %s in %d of the %d steps in which it had traffic only."
                  .formatted(name, seen, telling)));
    }
    return silence("of the canary's " + name, tick -> !tick.canary().telling() || has.test(tick));
  }

  private long telling(Predicate<Tick> which) {
    return timeline.ticks().stream().filter(t -> t.canary().telling()).filter(which).count();
  }

  /** The baseline was there for a part of the time, and what it shows holds for that part. */
  private Optional<Doubt> alone() {
    long telling = telling(tick -> true);
    long together = telling(tick -> tick.baseline().telling());
    if (together == 0 || together >= CELLS_MIN * telling) {
      return Optional.empty();
    }
    return Optional.of(
        Doubt.barsPass(
            Rules.NO_BASELINE,
            TRAFFIC,
            timeline.end(),
            "The baseline was seen in %d of the %d steps in which the canary had traffic only."
                .formatted(together, telling)));
  }

  /** A stretch of the window, its end included, in which nothing was seen of something. */
  private Optional<Doubt> silence(String ofWhat, Predicate<Tick> seen) {
    Duration allowed =
        Duration.ofMillis(Math.max(limits.blindMax().toMillis(), 3 * timeline.step().toMillis()));
    Instant lastSeen = timeline.start();
    for (Tick tick : timeline.ticks()) {
      if (seen.test(tick)) {
        if (exceeds(lastSeen, tick.from(), allowed)) {
          return Optional.of(silent(ofWhat, lastSeen, tick.from()));
        }
        lastSeen = tick.to();
      }
    }
    return exceeds(lastSeen, timeline.end(), allowed)
        ? Optional.of(silent(ofWhat, lastSeen, timeline.end()))
        : Optional.empty();
  }

  /** Neither arm was asked for anything: that is no silence of the canary's. */
  private static boolean seenOrIdle(Tick tick) {
    return tick.canary().telling() || (tick.canary().present() && !tick.baseline().telling());
  }

  private static boolean exceeds(Instant from, Instant to, Duration allowed) {
    return Duration.between(from, to).compareTo(allowed) > 0;
  }

  private Doubt silent(String ofWhat, Instant from, Instant to) {
    return doubt(
        Rules.NO_DATA,
        "Nothing was seen %s from %s to %s, for %s."
            .formatted(
                ofWhat, Words.time(from), Words.time(to), Words.span(Duration.between(from, to))));
  }
}
