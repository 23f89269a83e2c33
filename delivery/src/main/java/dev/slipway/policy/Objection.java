package dev.slipway.policy;

import dev.slipway.change.CommitId;
import java.util.List;

/** What a gate has against a report: of which sort, what it leads to, and why. */
record Objection(Sort sort, Consequence consequence, Reason reason) {
  enum Sort {
    FAILED,
    INCONCLUSIVE,
    NOT_RUN
  }

  enum Consequence {
    ASK,
    STOP,
    ROLL_BACK,
    ROLL_BACK_AND_ASK
  }

  static Objection failed(Consequence consequence, String rule, String subject, String message) {
    return new Objection(Sort.FAILED, consequence, new Reason(rule, subject, message));
  }

  static Objection inconclusive(String rule, String subject, String message) {
    return new Objection(Sort.INCONCLUSIVE, Consequence.ASK, new Reason(rule, subject, message));
  }

  static Objection notRun(String rule, String subject, String message) {
    return new Objection(Sort.NOT_RUN, Consequence.ASK, new Reason(rule, subject, message));
  }

  /**
   * A person can let pass what only needs a person; never what ends a change, nor a failed canary.
   */
  boolean coveredBy(CommitId head, List<Approval> approvals) {
    return (consequence == Consequence.ASK || consequence == Consequence.ROLL_BACK_AND_ASK)
        && approvals.stream().anyMatch(approval -> approval.covers(head, reason));
  }
}
