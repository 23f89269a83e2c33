package dev.slipway.app.engine;

import dev.slipway.change.ChangeId;
import dev.slipway.change.Printable;
import dev.slipway.pipeline.Act;
import dev.slipway.pipeline.ChangeState;
import dev.slipway.pipeline.Event;
import dev.slipway.pipeline.Planner;
import dev.slipway.pipeline.Signal;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.apache.pekko.Done;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.PostStop;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;
import org.apache.pekko.persistence.typed.PersistenceId;
import org.apache.pekko.persistence.typed.RecoveryCompleted;
import org.apache.pekko.persistence.typed.SnapshotSelectionCriteria;
import org.apache.pekko.persistence.typed.javadsl.CommandHandler;
import org.apache.pekko.persistence.typed.javadsl.Effect;
import org.apache.pekko.persistence.typed.javadsl.EventHandler;
import org.apache.pekko.persistence.typed.javadsl.EventSourcedBehavior;
import org.apache.pekko.persistence.typed.javadsl.Recovery;
import org.apache.pekko.persistence.typed.javadsl.SignalHandler;

/**
 * One change: asks the planner what a signal leads to, makes that durable, and then brings what is
 * under way in line with what the new state wants. Its state is empty until it is opened.
 */
final class ChangeEntity extends EventSourcedBehavior<ChangeMessage, Event, Optional<ChangeState>> {
  static final String KIND = "change";

  private final ActorContext<ChangeMessage> context;
  private final TimerScheduler<ChangeMessage> timers;
  private final ChangeId id;
  private final Surroundings around;
  private final ActorRef<Region.Command<ChangeId, ChangeMessage>> region;
  private final Undertakings undertakings = new Undertakings(this::undertake);
  private final LeaseRequests leases;

  private ChangeEntity(
      ActorContext<ChangeMessage> context,
      TimerScheduler<ChangeMessage> timers,
      ChangeId id,
      Surroundings around,
      ActorRef<Region.Command<ChangeId, ChangeMessage>> region) {
    super(PersistenceId.of(KIND, id.value()));
    this.context = context;
    this.timers = timers;
    this.id = id;
    this.around = around;
    this.region = region;
    this.leases = new LeaseRequests(id, around, timers);
  }

  static Behavior<ChangeMessage> of(
      ChangeId id, Surroundings around, ActorRef<Region.Command<ChangeId, ChangeMessage>> region) {
    return Behaviors.setup(
        context ->
            Behaviors.withTimers(timers -> new ChangeEntity(context, timers, id, around, region)));
  }

  @Override
  public Optional<ChangeState> emptyState() {
    return Optional.empty();
  }

  /** A change has few events: reading them all costs less than keeping snapshots. */
  @Override
  public Recovery recovery() {
    return Recovery.withSnapshotSelectionCriteria(SnapshotSelectionCriteria.none());
  }

  @Override
  public EventHandler<Optional<ChangeState>, Event> eventHandler() {
    return (state, event) -> Optional.of(around.planner().evolve(state, event));
  }

  @Override
  public CommandHandler<ChangeMessage, Event, Optional<ChangeState>> commandHandler() {
    return this::on;
  }

  @Override
  public SignalHandler<Optional<ChangeState>> signalHandler() {
    return newSignalHandlerBuilder()
        .onSignal(RecoveryCompleted.class, (state, signal) -> recovered(state))
        // The next one may live elsewhere: what it starts must not meet what still runs here.
        .onSignal(PostStop.class, (state, signal) -> undertakings.interruptAll())
        .build();
  }

  /** A change that rests may be back only because it is looked at: it waits to be woken. */
  private void recovered(Optional<ChangeState> state) {
    state.ifPresent(this::show);
    state.filter(it -> !it.step().rests()).ifPresent(this::bringInLine);
    region.tell(new Region.Command.Up<>(id));
  }

  private Effect<Event, Optional<ChangeState>> on(
      Optional<ChangeState> state, ChangeMessage message) {
    return switch (message) {
      case ChangeMessage.Receive receive -> receive(state, receive.signal(), receive.asker());
      case ChangeMessage.Finished finished -> {
        undertakings.ended(finished.act());
        yield restIfIdle(state);
      }
      case ChangeMessage.LookAtClock look -> lookAtClock(state, look.act());
      case ChangeMessage.Remind remind -> {
        leases.remind(remind.slot());
        yield Effect().none();
      }
      case ChangeMessage.StillWanted still -> {
        leases.confirm(still.slot());
        yield restIfIdle(state);
      }
      case ChangeMessage.LetGo letGo -> {
        leases.letGo(letGo.slot());
        yield restIfIdle(state);
      }
      case ChangeMessage.Wake wake -> {
        state.ifPresent(this::bringInLine);
        wake.asker().tell(Done.getInstance());
        yield restIfIdle(state);
      }
      case ChangeMessage.Look look -> {
        look.asker().tell(state.map(it -> new Standing(lastSequenceNumber(context), it)));
        yield restIfIdle(state);
      }
      case ChangeMessage.Stop ignored -> stopIfIdle(state);
    };
  }

  private Effect<Event, Optional<ChangeState>> receive(
      Optional<ChangeState> state, Signal signal, Optional<ActorRef<Reply>> asker) {
    switch (signal) {
      case Signal.Done done -> undertakings.ended(done.act());
      case Signal.Broke broke -> undertakings.ended(broke.act());
      case Signal.LeaseGranted granted -> leases.granted(granted.slot());
      default -> {}
    }
    return switch (plan(state, signal)) {
      case Planner.Answer.Refused refused -> {
        asker.ifPresent(it -> it.tell(new Reply.Refused(refused.why())));
        yield restIfIdle(state);
      }
      case Planner.Answer.Accepted accepted when accepted.events().isEmpty() -> {
        asker.ifPresent(it -> it.tell(accepted(state)));
        yield restIfIdle(state);
      }
      case Planner.Answer.Accepted accepted ->
          Effect()
              .persist(accepted.events())
              .thenRun(
                  (Optional<ChangeState> next) -> {
                    stand(next.orElseThrow());
                    asker.ifPresent(it -> it.tell(accepted(next)));
                  });
    };
  }

  private static Reply accepted(Optional<ChangeState> state) {
    return state
        .<Reply>map(Reply.Accepted::new)
        .orElseGet(() -> new Reply.Refused("there is no such change"));
  }

  /**
   * The planner's answer. A signal that it cannot digest must not stop the change, nor come back
   * for ever: a result becomes an act that broke, anything else is refused.
   */
  private Planner.Answer plan(Optional<ChangeState> state, Signal signal) {
    try {
      return around.planner().plan(state, signal, now());
    } catch (RuntimeException e) {
      context.getLog().error("{} cannot take in {}", id, signal, e);
      String why = "the signal cannot be taken in: " + Printable.of(e.toString());
      return signal instanceof Signal.Done done
          ? plan(state, new Signal.Broke(done.act(), why))
          : new Planner.Answer.Refused(why);
    }
  }

  /** What is durable now becomes visible, and what it wants is done. */
  private void stand(ChangeState state) {
    show(state);
    bringInLine(state);
  }

  private void show(ChangeState state) {
    Standing standing = new Standing(lastSequenceNumber(context), state);
    around.readModel().offer(id, standing, now());
    around.watchers().tell(id, standing);
  }

  private void bringInLine(ChangeState state) {
    undertakings.bringInLine(around.planner().acts(state));
  }

  private Undertaking undertake(Act act) {
    return switch (act) {
      case Act.HoldLease hold -> leases.hold(hold);
      case Act.Timer timer -> {
        arm(timer.key(), timer.at());
        yield () -> timers.cancel(timer.key());
      }
      default ->
          around
              .crew()
              .start(
                  id,
                  act,
                  // By address: this entity may be another one by then.
                  outcome ->
                      around
                          .addresses()
                          .tell(
                              id,
                              outcome
                                  .<ChangeMessage>map(
                                      it -> new ChangeMessage.Receive(it, Optional.empty()))
                                  .orElseGet(() -> new ChangeMessage.Finished(act.key()))));
    };
  }

  private void arm(String key, Instant at) {
    Duration wait = Duration.between(now(), at);
    Duration look = around.settings().clockLook();
    timers.startSingleTimer(
        key,
        new ChangeMessage.LookAtClock(key),
        wait.isNegative() ? Duration.ZERO : wait.compareTo(look) < 0 ? wait : look);
  }

  private Effect<Event, Optional<ChangeState>> lookAtClock(
      Optional<ChangeState> state, String key) {
    if (!undertakings.isRunning(key) || state.isEmpty()) {
      return Effect().none();
    }
    for (Act act : around.planner().acts(state.get())) {
      if (act instanceof Act.Timer timer && timer.key().equals(key)) {
        if (now().isBefore(timer.at())) {
          arm(key, timer.at());
          return Effect().none();
        }
        undertakings.ended(key);
        return receive(state, timer.signal(), Optional.empty());
      }
    }
    return Effect().none();
  }

  /** A change that is unknown, or rests with nothing left to do, leaves memory. */
  private Effect<Event, Optional<ChangeState>> restIfIdle(Optional<ChangeState> state) {
    if (isIdle(state)) {
      state
          .filter(it -> undertakings.haveDone(around.planner().acts(it)))
          .ifPresent(it -> around.readModel().settle(id, lastSequenceNumber(context)));
      region.tell(new Region.Command.Rest<>(id));
    }
    return Effect().none();
  }

  /** Something may have come between the wish to rest and its being granted. */
  private Effect<Event, Optional<ChangeState>> stopIfIdle(Optional<ChangeState> state) {
    if (isIdle(state)) {
      return Effect().stop();
    }
    region.tell(new Region.Command.Stay<>(id));
    return Effect().none();
  }

  private boolean isIdle(Optional<ChangeState> state) {
    return undertakings.isEmpty()
        && leases.isEmpty()
        && state.map(it -> it.step().rests()).orElse(true);
  }

  private Instant now() {
    return around.clock().instant();
  }
}
