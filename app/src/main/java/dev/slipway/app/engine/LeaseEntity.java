package dev.slipway.app.engine;

import dev.slipway.change.ChangeId;
import dev.slipway.change.Slot;
import dev.slipway.pipeline.Signal;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.apache.pekko.Done;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.persistence.typed.PersistenceId;
import org.apache.pekko.persistence.typed.RecoveryCompleted;
import org.apache.pekko.persistence.typed.javadsl.CommandHandler;
import org.apache.pekko.persistence.typed.javadsl.Effect;
import org.apache.pekko.persistence.typed.javadsl.EventHandler;
import org.apache.pekko.persistence.typed.javadsl.EventSourcedBehavior;
import org.apache.pekko.persistence.typed.javadsl.RetentionCriteria;
import org.apache.pekko.persistence.typed.javadsl.SignalHandler;

/**
 * The lease of one slot. A grant is durable before its holder hears of it; after a restart everyone
 * on the list is asked whether that is still right.
 */
final class LeaseEntity extends EventSourcedBehavior<LeaseMessage, LeaseEvent, LeaseQueue> {
  static final String KIND = "lease";
  private static final int EVENTS_PER_SNAPSHOT = 200;
  private static final int SNAPSHOTS_KEPT = 2;

  private final ActorContext<LeaseMessage> context;
  private final Slot slot;
  private final Surroundings around;
  private final ActorRef<Region.Command<Slot, LeaseMessage>> region;

  private LeaseEntity(
      ActorContext<LeaseMessage> context,
      Slot slot,
      Surroundings around,
      ActorRef<Region.Command<Slot, LeaseMessage>> region) {
    super(PersistenceId.of(KIND, slot.toString()));
    this.context = context;
    this.slot = slot;
    this.around = around;
    this.region = region;
  }

  static Behavior<LeaseMessage> of(
      Slot slot, Surroundings around, ActorRef<Region.Command<Slot, LeaseMessage>> region) {
    return Behaviors.setup(context -> new LeaseEntity(context, slot, around, region));
  }

  @Override
  public LeaseQueue emptyState() {
    return LeaseQueue.EMPTY;
  }

  /** A slot lives as long as its service: what is behind a snapshot is thrown away. */
  @Override
  public RetentionCriteria retentionCriteria() {
    return RetentionCriteria.snapshotEvery(EVENTS_PER_SNAPSHOT, SNAPSHOTS_KEPT)
        .withDeleteEventsOnSnapshot();
  }

  @Override
  public EventHandler<LeaseQueue, LeaseEvent> eventHandler() {
    return LeaseQueue::after;
  }

  @Override
  public CommandHandler<LeaseMessage, LeaseEvent, LeaseQueue> commandHandler() {
    return this::on;
  }

  @Override
  public SignalHandler<LeaseQueue> signalHandler() {
    return newSignalHandlerBuilder()
        .onSignal(RecoveryCompleted.class, (queue, signal) -> recovered(queue))
        .build();
  }

  private void recovered(LeaseQueue queue) {
    around.leaseBoard().show(slot, queue);
    queue.holder().ifPresent(holder -> askAgain(holder.change()));
    queue.waiting().forEach(waiting -> askAgain(waiting.change()));
    region.tell(new Region.Command.Up<>(slot));
  }

  private void askAgain(ChangeId change) {
    around.addresses().tell(change, new ChangeMessage.StillWanted(slot));
  }

  private Effect<LeaseEvent, LeaseQueue> on(LeaseQueue queue, LeaseMessage message) {
    return switch (message) {
      case LeaseMessage.Request request -> {
        if (queue.isHeldBy(request.change())) {
          tellHolder(queue);
        }
        yield happened(queue.request(request.change(), request.priority(), now()));
      }
      case LeaseMessage.Yield leave -> happened(queue.leave(leave.change(), now()), leave.change());
      case LeaseMessage.Wake wake -> {
        wake.asker().tell(Done.getInstance());
        yield Effect().none();
      }
      case LeaseMessage.Stop ignored -> Effect().stop();
    };
  }

  private Effect<LeaseEvent, LeaseQueue> happened(List<LeaseEvent> events, ChangeId... left) {
    if (events.isEmpty()) {
      tellLeft(left);
      return Effect().none();
    }
    boolean granted = events.stream().anyMatch(LeaseEvent.Granted.class::isInstance);
    return Effect()
        .persist(events)
        .thenRun(
            (LeaseQueue next) -> {
              around.leaseBoard().show(slot, next);
              tellLeft(left);
              if (granted) {
                tellHolder(next);
              }
            });
  }

  private void tellLeft(ChangeId... left) {
    for (ChangeId change : left) {
      around.addresses().tell(change, new ChangeMessage.LetGo(slot));
    }
  }

  private void tellHolder(LeaseQueue queue) {
    LeaseQueue.Holder holder = queue.holder().orElseThrow();
    context.getLog().debug("{} is held by {} with token {}", slot, holder.change(), holder.token());
    around
        .addresses()
        .tell(
            holder.change(),
            new ChangeMessage.Receive(
                new Signal.LeaseGranted(slot, holder.token()), Optional.empty()));
  }

  private Instant now() {
    return around.clock().instant();
  }
}
