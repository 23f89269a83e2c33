package dev.slipway.app.engine;

import dev.slipway.change.Slot;
import dev.slipway.pipeline.Signal;
import java.util.Optional;
import org.apache.pekko.Done;
import org.apache.pekko.actor.typed.ActorRef;

/** What a change's entity understands. */
sealed interface ChangeMessage {
  /** A signal from outside, or what came of an act. */
  record Receive(Signal signal, Optional<ActorRef<Reply>> asker) implements ChangeMessage {}

  /** An act is done and nothing follows from it. */
  record Finished(String act) implements ChangeMessage {}

  /** A timer may be due. */
  record LookAtClock(String act) implements ChangeMessage {}

  /** A lease was not answered for; ask again. */
  record Remind(Slot slot) implements ChangeMessage {}

  /** The slot's lease has this change on its list: is that still right? */
  record StillWanted(Slot slot) implements ChangeMessage {}

  /** The slot's lease no longer has this change on its list. */
  record LetGo(Slot slot) implements ChangeMessage {}

  /** Do what there is to do. Answers once the change is read back and its acts are under way. */
  record Wake(ActorRef<Done> asker) implements ChangeMessage {}

  /** Where does the change stand? */
  record Look(ActorRef<Optional<Standing>> asker) implements ChangeMessage {}

  /** Leave memory. */
  record Stop() implements ChangeMessage {}
}
