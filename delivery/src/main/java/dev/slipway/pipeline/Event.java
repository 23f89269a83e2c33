package dev.slipway.pipeline;

import dev.slipway.change.Artifact;
import dev.slipway.change.Candidate;
import dev.slipway.change.CommitId;
import dev.slipway.change.Person;
import dev.slipway.change.PullRequest;
import dev.slipway.change.ServiceName;
import dev.slipway.change.Slot;
import dev.slipway.policy.Approval;
import dev.slipway.policy.Judgement;
import dev.slipway.policy.Reason;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** What happened to a change. Its whole state is the fold of these. */
public sealed interface Event {
  Instant at();

  record Opened(PullRequest pull, Options options, Instant at) implements Event {}

  record Prepared(Candidate candidate, ChangePlan plan, Instant at) implements Event {}

  /**
   * A gate decided.
   *
   * @param report digest of the report it judged; empty if there was none
   */
  record Judged(Judgement judgement, String report, Instant at) implements Event {}

  /** The review's risk score, 1 to 10, for those who look at the change later. */
  record RiskAssessed(double risk, Instant at) implements Event {}

  /** Tests were written that hold, in this commit on top of the change's head. */
  record TestsProposed(CommitId tests, Instant at) implements Event {}

  /** The change's branch stands at the proposed tests now. */
  record TestsAdded(Instant at) implements Event {}

  /** Production is frozen until then: nothing to decide, the change goes on by itself. */
  record Frozen(Instant until, Instant at) implements Event {}

  record Built(Map<ServiceName, Artifact> artifacts, Instant at) implements Event {
    public Built {
      artifacts = Map.copyOf(artifacts);
    }
  }

  record Leased(Slot slot, long token, Instant at) implements Event {}

  record Moved(Map<ServiceName, URI> endpoints, Instant at) implements Event {
    public Moved {
      endpoints = Map.copyOf(endpoints);
    }
  }

  record Merged(Instant at) implements Event {}

  record BaseMoved(CommitId to, Instant at) implements Event {}

  record RolledBack(Instant at) implements Event {}

  /** The target confirmed the rollback, and it could not be seen in what production measures. */
  record RollbackDoubted(List<Reason> doubts, Instant at) implements Event {
    public RollbackDoubted {
      doubts = List.copyOf(doubts);
    }
  }

  /** A person's approval; {@code consent} given in advance does not move a change by itself. */
  record Approved(Approval approval, Instant at) implements Event {}

  /** A person ended the watch of the canary before its time; the approval says who and why. */
  record PromotedEarly(Approval approval, Instant at) implements Event {}

  /** Nobody else reviewed in time what shipped in an emergency. */
  record ReviewOverdue(Instant at) implements Event {}

  /** A person took the change back after it shipped; the approval says who and why. */
  record Withdrawn(Approval approval, Instant at) implements Event {}

  record Retried(String why, Instant at) implements Event {}

  record Rejected(Person by, String comment, Instant at) implements Event {}

  record Superseded(CommitId head, Instant at) implements Event {}

  record Closed(Instant at) implements Event {}

  /** The reasons that hold a change or end it, as a list for people; empty if there are none. */
  static List<Reason> reasons(Event event) {
    return event instanceof Judged judged ? judged.judgement().verdict().reasons() : List.of();
  }
}
