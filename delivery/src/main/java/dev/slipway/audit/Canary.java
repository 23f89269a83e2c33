package dev.slipway.audit;

import dev.slipway.audit.AuditRecord.Effect;
import dev.slipway.change.Slot;
import dev.slipway.policy.Approval;
import dev.slipway.policy.Report;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Where a candidate has production's traffic, and whether that was watched. */
final class Canary {
  private final Set<Slot> shifted = new HashSet<>();
  private boolean watched = true;

  /** It was given traffic, or more of it. */
  void shifted(List<Slot> slots) {
    shifted.addAll(slots);
    watched = false;
  }

  /** A report on the deployment: one that judged something watched the traffic. */
  void reported(Report report) {
    watched |= !report.judged().isEmpty();
  }

  /** A person's word: one that ends the watch stands in for it. */
  void approved(Approval approval) {
    watched |= approval.isFor(AuditRecord.PROMOTED_EARLY);
  }

  /** It has no traffic any more. */
  void withdrawn() {
    shifted.clear();
    watched = true;
  }

  /** Why this may not follow; empty if it may. */
  Optional<String> objection(Effect effect, List<Slot> production) {
    return switch (effect) {
      case INSPECT, ADD_TESTS, BUILD, STAGE, INSTALL_BASE, MIGRATE, WITHDRAW -> Optional.empty();
      case SHIFT -> unwatched();
      case MERGE, PROMOTE ->
          shifted.containsAll(production)
              ? unwatched()
              : Optional.of("it never had traffic in all of " + production);
    };
  }

  private Optional<String> unwatched() {
    return watched
        ? Optional.empty()
        : Optional.of("no report says how it did with the traffic it was given before");
  }
}
