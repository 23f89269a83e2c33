package dev.slipway.app.engine;

import dev.slipway.change.ChangeId;
import org.apache.pekko.Done;
import org.apache.pekko.actor.typed.ActorRef;

/** What a lease's entity understands. */
sealed interface LeaseMessage {
  /** The change wants the lease; asked again, nothing changes but the priority. */
  record Request(ChangeId change, int priority) implements LeaseMessage {}

  /** The change does not want the lease, or not any more. */
  record Yield(ChangeId change) implements LeaseMessage {}

  /** Answers once the lease is read back from the journal. */
  record Wake(ActorRef<Done> asker) implements LeaseMessage {}

  /** Leave memory. */
  record Stop() implements LeaseMessage {}
}
