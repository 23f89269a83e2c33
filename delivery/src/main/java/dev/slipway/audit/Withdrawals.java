package dev.slipway.audit;

import dev.slipway.audit.AuditRecord.Approved;
import dev.slipway.audit.AuditRecord.Decision;
import dev.slipway.audit.AuditRecord.Done;
import dev.slipway.audit.AuditRecord.Effect;
import dev.slipway.audit.AuditRecord.OfChange;
import dev.slipway.audit.AuditRecord.Rested;
import dev.slipway.change.ChangeId;
import dev.slipway.change.Person;
import dev.slipway.policy.Approval;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Changes that were taken back after they had shipped: each needs the word of a person, recorded
 * before the decision that rests on it.
 */
final class Withdrawals {
  private final Meaning.Objections objections;
  private final Map<ChangeId, Approval> words = new HashMap<>();
  private final Map<ChangeId, Decision> decisions = new HashMap<>();

  Withdrawals(Meaning.Objections objections) {
    this.objections = objections;
  }

  /** Whether the record is about taking back; then it is dealt with. */
  boolean take(long index, OfChange record) {
    return switch (record) {
      case Approved approved when approved.approval().isFor(AuditRecord.WITHDRAWN) -> {
        words.put(approved.change(), approved.approval());
        yield true;
      }
      case Decision decision when decision.effect() == Effect.WITHDRAW -> {
        decided(index, decision);
        yield true;
      }
      case Done done when decided(done) -> true;
      case Rested rested when words.containsKey(rested.change()) -> {
        ended(rested);
        // Its story may not have ended: that it shipped may never have been recorded.
        yield false;
      }
      default -> false;
    };
  }

  private boolean decided(Done done) {
    return Optional.ofNullable(decisions.get(done.change()))
        .filter(it -> it.step().equals(done.step()) && it.permits().equals(done.what()))
        .isPresent();
  }

  private void decided(long index, Decision decision) {
    decisions.put(decision.change(), decision);
    Approval word = words.get(decision.change());
    if (word == null || !decision.approvals().contains(word)) {
      objections.object(
          index, decision.change() + " may not be taken back: no person's word is recorded before");
    } else if (word.by().kind() == Person.Kind.BOT) {
      objections.object(index, decision.change() + " may not be taken back by a bot, " + word.by());
    }
  }

  private void ended(Rested rested) {
    words.remove(rested.change());
    decisions.remove(rested.change());
  }

  /** Whether the change is being taken back. */
  boolean concern(ChangeId change) {
    return words.containsKey(change);
  }
}
