package dev.slipway.pipeline;

import dev.slipway.change.Slot;
import dev.slipway.policy.Reason;
import dev.slipway.project.Service;
import dev.slipway.target.Serving;
import dev.slipway.target.Slots;
import dev.slipway.target.TargetFault;
import dev.slipway.telemetry.MetricSource;
import dev.slipway.telemetry.Observation;
import dev.slipway.telemetry.Ticker;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * Looks, once a target has confirmed a rollback, whether production shows it: the canary gets no
 * requests any more. What a target says and what clients get are two things.
 */
public final class Confirmation {
  /** Requests that were under way may still end, and a source may be late. */
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private static final int LOOKS_MIN = 3;

  private final Slots slots;
  private final MetricSource metrics;
  private final Ticker ticker;

  public Confirmation(Slots slots, MetricSource metrics, Ticker ticker) {
    this.slots = slots;
    this.metrics = metrics;
    this.ticker = ticker;
  }

  /**
   * Why the rollback could not be seen; empty if it was, wherever there is traffic to see it by.
   *
   * @throws TargetFault if the canary is there, or gets requests, when there is no patience left
   */
  List<Reason> doubts(ChangeState state, Collection<Slot> rolledBack) throws InterruptedException {
    List<Reason> doubts = new ArrayList<>();
    for (Slot slot : rolledBack.stream().sorted().toList()) {
      Optional<Serving> serving = slots.serving(slot);
      if (serving.flatMap(Serving::canary).isPresent()) {
        throw new TargetFault(slot + " still has the canary that was rolled back");
      }
      if (servesTraffic(state, slot) && serving.flatMap(Serving::stable).isPresent()) {
        doubt(slot).ifPresent(doubts::add);
      }
    }
    return doubts;
  }

  private static boolean servesTraffic(ChangeState state, Slot slot) {
    return state.thePlan().services().stream()
        .anyMatch(it -> it.name().equals(slot.service()) && it.kind() == Service.Kind.HTTP);
  }

  private Optional<Reason> doubt(Slot slot) throws InterruptedException {
    Duration interval = metrics.resolution();
    Instant from = ticker.now().truncatedTo(ChronoUnit.SECONDS).plusSeconds(1);
    Observation last = observed(slot, from);
    long left = Math.max(LOOKS_MIN, PATIENCE.dividedBy(interval)) - 1;
    for (; left > 0 && !isSilent(last); left--) {
      from = from.plus(interval);
      last = observed(slot, from);
    }
    return switch (last) {
      case Observation.Seen seen when isSilent(seen) -> Optional.empty();
      case Observation.Seen seen ->
          throw new TargetFault(
              "the canary of %s was rolled back, and still got %d requests from %s to %s"
                  .formatted(slot, seen.canary().requests(), seen.from(), seen.to()));
      case Observation.NoData noData ->
          Optional.of(
              new Reason(
                  "rollback.unconfirmed",
                  slot.toString(),
                  "the target says that %s is rolled back, and nothing measured shows it: %s"
                      .formatted(slot, noData.reason())));
    };
  }

  private static boolean isSilent(Observation observation) {
    return observation instanceof Observation.Seen seen && seen.canary().requests() == 0;
  }

  private Observation observed(Slot slot, Instant from) throws InterruptedException {
    Instant to = from.plus(metrics.resolution());
    ticker.await(to.plus(metrics.settling()));
    return metrics.observe(slot, from, to);
  }
}
