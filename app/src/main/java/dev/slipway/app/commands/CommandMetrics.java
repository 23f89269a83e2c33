package dev.slipway.app.commands;

import dev.slipway.change.Environment;
import dev.slipway.change.ServiceName;
import dev.slipway.change.Slot;
import dev.slipway.policy.judge.ArmTraffic;
import dev.slipway.policy.judge.Latencies;
import dev.slipway.telemetry.MetricSource;
import dev.slipway.telemetry.Observation;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Asks your script what both arms served. The script gets the slot and an interval; it answers with
 * both arms, or with a reason why it cannot say. {@code docs/operating/command-target.md} shows
 * both.
 */
public final class CommandMetrics implements MetricSource {
  private final Script script;
  private final Duration resolution;

  /**
   * A source.
   *
   * @param resolution the shortest interval the script can tell apart
   */
  public CommandMetrics(Script script, Duration resolution) {
    this.script = script;
    this.resolution = resolution;
  }

  /** What the script is told. */
  private record Question(
      int version, Environment environment, ServiceName service, Instant from, Instant to) {}

  /**
   * What it answers.
   *
   * @param noData why there is nothing to say; then there are no arms
   */
  private record Answer(
      Optional<String> noData,
      Optional<Arm> canary,
      Optional<Arm> baseline,
      Optional<List<String>> warnings) {}

  /** One arm; latencies by bucket, each with its upper bound in milliseconds. */
  private record Arm(long requests, long errors, List<Bucket> latencies) {
    ArmTraffic traffic() {
      return new ArmTraffic(
          requests,
          errors,
          new Latencies(
              latencies.stream()
                  .map(it -> new Latencies.Bucket(it.upToMs(), it.count()))
                  .toList()));
    }
  }

  private record Bucket(double upToMs, long count) {}

  @Override
  public Duration resolution() {
    return resolution;
  }

  @Override
  public Observation observe(Slot slot, Instant from, Instant to) {
    Question question = new Question(Order.VERSION, slot.environment(), slot.service(), from, to);
    try {
      Script.Ended ended = script.run(question, Map.of());
      return ended.exit() == 0
          ? observation(from, to, ended.reply(Answer.class))
          : new Observation.NoData(
              "the metrics script ended with " + ended.exit() + ": " + ended.complaint());
    } catch (Script.Failed | IllegalArgumentException e) {
      return new Observation.NoData("the metrics script: " + e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new Observation.NoData("interrupted while the metrics script ran");
    }
  }

  private static Observation observation(Instant from, Instant to, Answer answer) {
    if (answer.noData().isPresent()) {
      return new Observation.NoData(answer.noData().get());
    }
    if (answer.canary().isEmpty() || answer.baseline().isEmpty()) {
      return new Observation.NoData("the metrics script names neither both arms nor no_data");
    }
    return new Observation.Seen(
        from,
        to,
        answer.canary().get().traffic(),
        answer.baseline().get().traffic(),
        answer.warnings().orElse(List.of()));
  }
}
