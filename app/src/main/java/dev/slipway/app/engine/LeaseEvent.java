package dev.slipway.app.engine;

import dev.slipway.change.ChangeId;
import java.time.Instant;

/** What happened to a slot's lease. */
sealed interface LeaseEvent {
  /** The change waits in the queue. */
  record Queued(ChangeId change, int priority, Instant at) implements LeaseEvent {}

  /** The change holds the lease. */
  record Granted(ChangeId change, long token, Instant at) implements LeaseEvent {}

  /** The change neither holds it nor waits for it. */
  record Left(ChangeId change, Instant at) implements LeaseEvent {}
}
