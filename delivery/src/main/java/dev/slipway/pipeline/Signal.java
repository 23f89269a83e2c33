package dev.slipway.pipeline;

import dev.slipway.change.CommitId;
import dev.slipway.change.Person;
import dev.slipway.change.PullRequest;
import dev.slipway.change.Slot;
import dev.slipway.policy.Reason;
import java.util.List;

/** What reaches a change: what people and forges say, and what came of the acts it asked for. */
public sealed interface Signal {
  /** A pull request is to be taken to production. */
  record Open(PullRequest pull, Options options) implements Signal {}

  /** An act is done. Ignored unless that act is still wanted. */
  record Done(String act, Result result) implements Signal {}

  /** An act could not be done, after all its attempts. Ignored unless that act is still wanted. */
  record Broke(String act, String reason) implements Signal {}

  /** The slot is ours until we let go; the token rises with every grant. */
  record LeaseGranted(Slot slot, long token) implements Signal {}

  /** A person lets the change go on, for exactly these reasons on this commit. */
  record Approve(Person by, CommitId head, List<Reason> reasons, String comment)
      implements Signal {}

  /** A person ends the change. */
  record Reject(Person by, String comment) implements Signal {}

  /** A person asks for what did not run to be tried again. */
  record Retry(Person by) implements Signal {}

  /** Production is no longer frozen. */
  record Thaw() implements Signal {}

  /** The time in which an emergency was to be reviewed is over. */
  record ReviewOverdue() implements Signal {}

  /** A person takes the change back after it shipped: what ran before it is put back. */
  record Withdraw(Person by, String why) implements Signal {}

  /** Somebody needs the slot at once: a change that holds its lease gives it back. */
  record GiveWay(Slot slot, String why) implements Signal {}

  /** A person ends the watch of the canary before its time: it goes on to all of the traffic. */
  record PromoteEarly(Person by, CommitId head, String why) implements Signal {}

  /** The head branch has a new commit. */
  record Push(CommitId head) implements Signal {}

  /** The pull request was closed. */
  record Close() implements Signal {}
}
