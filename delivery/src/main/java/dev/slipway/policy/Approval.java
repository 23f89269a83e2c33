package dev.slipway.policy;

import dev.slipway.change.CommitId;
import dev.slipway.change.Person;
import java.time.Instant;
import java.util.List;

/**
 * A person's decision to let a change go on. It binds to one head commit and to exactly these
 * reasons; a new push voids it.
 */
public record Approval(CommitId head, List<Reason> reasons, Person by, String comment, Instant at) {
  public Approval {
    reasons = List.copyOf(reasons);
  }

  /**
   * What this approval says of another head that differs from its own by nothing but tests that
   * Slipway added.
   */
  public Approval carriedTo(CommitId laterHead) {
    return new Approval(laterHead, reasons, by, comment, at);
  }

  /** Whether a reason of this rule is among those it was given for. */
  public boolean isFor(String rule) {
    return reasons.stream().anyMatch(reason -> reason.rule().equals(rule));
  }

  /** Whether this approval covers the reason for that head. */
  public boolean covers(CommitId thatHead, Reason reason) {
    return head.equals(thatHead) && reasons.stream().anyMatch(reason::sameAs);
  }
}
