package dev.slipway.app.engine;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.Receive;

/**
 * All entities of one kind in this process: starts one when a message for it comes, keeps messages
 * back while it leaves memory, and starts one that failed again after a pause, for it may have acts
 * to do that no message will remind it of.
 *
 * @param <K> what an entity is named by
 * @param <M> what it understands
 */
final class Region<K, M> extends AbstractBehavior<Region.Command<K, M>> {
  private static final Duration RESTART_FIRST = Duration.ofSeconds(1);
  private static final Duration RESTART_MAX = Duration.ofMinutes(1);
  private static final int DOUBLINGS_MAX = 6;

  /** What a region understands. */
  sealed interface Command<K, M> {
    /** For this entity. */
    record Deliver<K, M>(K key, M message) implements Command<K, M> {}

    /** The entity has read its journal and runs. */
    record Up<K, M>(K key) implements Command<K, M> {}

    /** The entity has nothing left to do and may leave memory. */
    record Rest<K, M>(K key) implements Command<K, M> {}

    /** The entity has something to do again and does not leave memory. */
    record Stay<K, M>(K key) implements Command<K, M> {}

    /** The entity has stopped. */
    record Gone<K, M>(K key) implements Command<K, M> {}

    /** The entity that failed is to be started again. */
    record Revive<K, M>(K key) implements Command<K, M> {}
  }

  /** What starts an entity. */
  interface Factory<K, M> extends BiFunction<K, ActorRef<Command<K, M>>, Behavior<M>> {}

  private final String kind;
  private final Factory<K, M> factory;
  private final M stop;
  private final M wake;
  private final Map<K, ActorRef<M>> running = new HashMap<>();
  private final Map<K, List<M>> leaving = new HashMap<>();
  private final Map<K, Integer> failures = new HashMap<>();

  private Region(
      ActorContext<Command<K, M>> context, String kind, Factory<K, M> factory, M stop, M wake) {
    super(context);
    this.kind = kind;
    this.factory = factory;
    this.stop = stop;
    this.wake = wake;
  }

  /**
   * @param stop tells an entity to leave memory
   * @param wake tells an entity to do what it has to do
   */
  static <K, M> Behavior<Command<K, M>> of(String kind, Factory<K, M> factory, M stop, M wake) {
    return Behaviors.setup(context -> new Region<>(context, kind, factory, stop, wake));
  }

  @Override
  public Receive<Command<K, M>> createReceive() {
    return newReceiveBuilder().onAnyMessage(this::on).build();
  }

  private Behavior<Command<K, M>> on(Command<K, M> command) {
    switch (command) {
      case Command.Deliver<K, M> deliver -> deliver(deliver.key(), deliver.message());
      case Command.Up<K, M> up -> failures.remove(up.key());
      case Command.Rest<K, M> rest -> rest(rest.key());
      case Command.Stay<K, M> stay -> stay(stay.key());
      case Command.Gone<K, M> gone -> gone(gone.key());
      case Command.Revive<K, M> revive -> deliver(revive.key(), wake);
    }
    return this;
  }

  private void deliver(K key, M message) {
    List<M> held = leaving.get(key);
    if (held != null) {
      held.add(message);
      return;
    }
    ActorRef<M> entity = running.get(key);
    (entity == null ? start(key) : entity).tell(message);
  }

  private ActorRef<M> start(K key) {
    String name = kind + "-" + URLEncoder.encode(key.toString(), StandardCharsets.UTF_8);
    ActorRef<M> entity = getContext().spawn(factory.apply(key, getContext().getSelf()), name);
    getContext().watchWith(entity, new Command.Gone<>(key));
    running.put(key, entity);
    return entity;
  }

  private void rest(K key) {
    ActorRef<M> entity = running.get(key);
    if (entity != null && !leaving.containsKey(key)) {
      leaving.put(key, new ArrayList<>());
      entity.tell(stop);
    }
  }

  private void stay(K key) {
    List<M> held = leaving.remove(key);
    if (held != null) {
      held.forEach(message -> deliver(key, message));
    }
  }

  private void gone(K key) {
    running.remove(key);
    List<M> held = leaving.remove(key);
    if (held == null) {
      int count = failures.merge(key, 1, Integer::sum);
      Duration pause = RESTART_FIRST.multipliedBy(1L << Math.min(count - 1, DOUBLINGS_MAX));
      getContext()
          .getLog()
          .error("{} {} failed; it is started again within {} s", kind, key, pause.toSeconds());
      getContext()
          .scheduleOnce(
              pause.compareTo(RESTART_MAX) < 0 ? pause : RESTART_MAX,
              getContext().getSelf(),
              new Command.Revive<>(key));
      return;
    }
    held.forEach(message -> deliver(key, message));
  }
}
