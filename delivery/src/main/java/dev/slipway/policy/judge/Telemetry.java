package dev.slipway.policy.judge;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What is wrong with a recording itself; none of it lets a canary pass. */
final class Telemetry {
  private static final Duration JUMP_MIN = Duration.ofMinutes(5);
  private static final int JUMP_STEPS = 10;
  private static final double IMPOSSIBLE_MAX = 0.02;
  private static final double SEEN_MIN = 0.8;
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
    doubts.addAll(new Repeats(timeline).doubts());
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
            "%d of %d rows have impossible numbers: negative ones, more errors than requests, or a share over 1."
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
    Duration watched = Duration.between(timeline.start(), last).plus(timeline.step());
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
    Optional<Doubt> silence = silence();
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

  /** A stretch of the window, its end included, in which nothing was seen of the canary. */
  private Optional<Doubt> silence() {
    Duration allowed =
        Duration.ofMillis(Math.max(limits.blindMax().toMillis(), 3 * timeline.step().toMillis()));
    Instant lastSeen = timeline.start();
    for (Tick tick : timeline.ticks()) {
      // Neither arm was asked for anything: that is no silence of the canary's.
      boolean idle = tick.canary().present() && !tick.baseline().telling();
      if (tick.canary().telling() || idle) {
        if (exceeds(lastSeen, tick.from(), allowed)) {
          return Optional.of(silent(lastSeen, tick.from()));
        }
        lastSeen = tick.to();
      }
    }
    return exceeds(lastSeen, timeline.end(), allowed)
        ? Optional.of(silent(lastSeen, timeline.end()))
        : Optional.empty();
  }

  private static boolean exceeds(Instant from, Instant to, Duration allowed) {
    return Duration.between(from, to).compareTo(allowed) > 0;
  }

  private Doubt silent(Instant from, Instant to) {
    return doubt(
        Rules.NO_DATA,
        "Nothing was seen of the canary from %s to %s, for %s."
            .formatted(Words.time(from), Words.time(to), Words.span(Duration.between(from, to))));
  }
}
