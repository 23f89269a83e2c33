package dev.slipway.app.engine;

import dev.slipway.change.ChangeId;
import dev.slipway.change.Slot;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.Behaviors;

/** The two regions: of the changes, and of the leases. */
record Regions(
    ActorRef<Region.Command<ChangeId, ChangeMessage>> changes,
    ActorRef<Region.Command<Slot, LeaseMessage>> leases)
    implements Addresses {

  @Override
  public void tell(ChangeId change, ChangeMessage message) {
    changes.tell(new Region.Command.Deliver<>(change, message));
  }

  @Override
  public void tell(Slot slot, LeaseMessage message) {
    leases.tell(new Region.Command.Deliver<>(slot, message));
  }

  /** The root of the actors: it starts the regions, says where they are, and is silent then. */
  static Behavior<Void> root(
      Function<Addresses, Surroundings> surroundings, CompletableFuture<Regions> started) {
    return Behaviors.setup(
        context -> {
          // Entities start with their first message, which cannot come before `started` is told.
          CompletableFuture<Surroundings> around = new CompletableFuture<>();
          Regions regions =
              new Regions(
                  context.spawn(
                      Region.of(
                          ChangeEntity.KIND,
                          (id, region) -> ChangeEntity.of(id, around.join(), region),
                          new ChangeMessage.Stop(),
                          new ChangeMessage.Wake(context.getSystem().ignoreRef())),
                      "changes"),
                  context.spawn(
                      Region.of(
                          LeaseEntity.KIND,
                          (slot, region) -> LeaseEntity.of(slot, around.join(), region),
                          new LeaseMessage.Stop(),
                          new LeaseMessage.Wake(context.getSystem().ignoreRef())),
                      "leases"));
          around.complete(surroundings.apply(regions));
          started.complete(regions);
          return Behaviors.empty();
        });
  }
}
