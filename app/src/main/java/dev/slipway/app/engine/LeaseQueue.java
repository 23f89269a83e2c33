package dev.slipway.app.engine;

import dev.slipway.change.ChangeId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Who holds a slot and who waits for it, highest priority first, then in order of arrival. Pure:
 * what is asked of it becomes events, and events make the next queue.
 *
 * @param lastToken the highest fencing token ever granted; every grant has a higher one
 * @param lastTicket the number of the latest arrival
 */
record LeaseQueue(long lastToken, long lastTicket, Optional<Holder> holder, List<Waiting> waiting) {
  static final LeaseQueue EMPTY = new LeaseQueue(0, 0, Optional.empty(), List.of());

  /** The change that holds the lease. */
  record Holder(ChangeId change, long token, Instant since) {}

  /** A change that waits. */
  record Waiting(ChangeId change, int priority, long ticket, Instant since) {}

  LeaseQueue {
    waiting = List.copyOf(waiting);
  }

  boolean isHeldBy(ChangeId change) {
    return holder.filter(it -> it.change().equals(change)).isPresent();
  }

  /** What a change's wish for the lease leads to; nothing if the wish is known. */
  List<LeaseEvent> request(ChangeId change, int priority, Instant now) {
    boolean known =
        isHeldBy(change)
            || waiting.stream()
                .anyMatch(it -> it.change().equals(change) && it.priority() == priority);
    return known ? List.of() : withGrant(new LeaseEvent.Queued(change, priority, now), now);
  }

  /** What a change's leave leads to; nothing if it is not on the list. */
  List<LeaseEvent> leave(ChangeId change, Instant now) {
    boolean known = isHeldBy(change) || waiting.stream().anyMatch(it -> it.change().equals(change));
    return known ? withGrant(new LeaseEvent.Left(change, now), now) : List.of();
  }

  private List<LeaseEvent> withGrant(LeaseEvent event, Instant now) {
    LeaseQueue next = after(event);
    if (next.holder.isPresent() || next.waiting.isEmpty()) {
      return List.of(event);
    }
    ChangeId first = next.waiting.getFirst().change();
    return List.of(event, new LeaseEvent.Granted(first, next.lastToken + 1, now));
  }

  /** The queue after the event. */
  LeaseQueue after(LeaseEvent event) {
    return switch (event) {
      case LeaseEvent.Queued queued -> {
        long ticket =
            waiting.stream()
                .filter(it -> it.change().equals(queued.change()))
                .mapToLong(Waiting::ticket)
                .findFirst()
                .orElse(lastTicket + 1);
        List<Waiting> next = without(queued.change());
        next.add(new Waiting(queued.change(), queued.priority(), ticket, queued.at()));
        next.sort(
            Comparator.comparingInt(Waiting::priority)
                .reversed()
                .thenComparingLong(Waiting::ticket));
        yield new LeaseQueue(lastToken, Math.max(lastTicket, ticket), holder, next);
      }
      case LeaseEvent.Granted granted ->
          new LeaseQueue(
              granted.token(),
              lastTicket,
              Optional.of(new Holder(granted.change(), granted.token(), granted.at())),
              without(granted.change()));
      case LeaseEvent.Left left ->
          new LeaseQueue(
              lastToken,
              lastTicket,
              holder.filter(it -> !it.change().equals(left.change())),
              without(left.change()));
    };
  }

  private List<Waiting> without(ChangeId change) {
    List<Waiting> rest = new ArrayList<>(waiting);
    rest.removeIf(it -> it.change().equals(change));
    return rest;
  }
}
