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
      new MixedUnits(timeline, q, RowLatency.label(recording.quantiles().get(q)))
          .doubt()
          .ifPresent(doubts::add);
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
    long seen = timeline.ticks().stream().filter(tick -> tick.canary().telling()).count();
    Instant lastSeen =
        timeline.ticks().stream()
            .filter(tick -> tick.canary().telling())
            .map(Tick::to)
            .reduce(timeline.start(), (a, b) -> b);
    Duration silent = Duration.between(lastSeen, timeline.end());
    Duration allowed =
        Duration.ofMillis(Math.max(limits.blindMax().toMillis(), 3 * timeline.step().toMillis()));
    if (silent.compareTo(allowed) > 0) {
      return Optional.of(
          doubt(
              Rules.NO_DATA,
              "Nothing was seen of the canary after %s, %s before the window's end."
                  .formatted(Words.time(lastSeen), Words.span(silent))));
    }
    if (seen < SEEN_MIN * timeline.steps()) {
      return Optional.of(
          doubt(
              Rules.NO_DATA,
              "The canary was seen in %d of %d steps of the window only."
                  .formatted(seen, timeline.steps())));
    }
    return Optional.empty();
  }
}
