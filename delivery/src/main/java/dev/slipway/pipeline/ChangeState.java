package dev.slipway.pipeline;

import dev.slipway.audit.AuditRecord;
import dev.slipway.change.Artifact;
import dev.slipway.change.Candidate;
import dev.slipway.change.CommitId;
import dev.slipway.change.PullRequest;
import dev.slipway.change.ServiceName;
import dev.slipway.change.Slot;
import dev.slipway.change.Stage;
import dev.slipway.policy.Approval;
import dev.slipway.policy.Judgement;
import dev.slipway.policy.Reason;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * All that is known of one change. Immutable; the next one is made by {@link Evolution}.
 *
 * @param earlierHead the head that was sent, where tests of our own were added to it since
 * @param proposed a commit of tests that is to be added to the change's branch
 * @param since when the current step began
 * @param turn counts the steps entered; part of every act's key, and of the epochs under a lease
 * @param risk the review's risk score, 1 to 10
 * @param judgements what the gates decided on the current candidate, in order
 * @param timings when each stage of the current candidate began and ended
 * @param reasons why the change waits, is being rolled back, or ended
 * @param asked the step that a retry goes back to
 * @param resume where the change goes on after an approval, or after a rollback
 * @param thaw when a change that waits for nothing but the end of a freeze goes on by itself
 * @param alarms what people are to be woken for
 * @param leases the fencing tokens of the slots held
 * @param position how far the rollout is
 */
public record ChangeState(
    PullRequest pull,
    Optional<CommitId> earlierHead,
    Optional<CommitId> proposed,
    Options options,
    Instant openedAt,
    Step step,
    Instant since,
    int turn,
    Optional<Candidate> candidate,
    Optional<ChangePlan> plan,
    Map<ServiceName, Artifact> artifacts,
    Map<ServiceName, URI> endpoints,
    Optional<Double> risk,
    List<Judgement> judgements,
    List<Timing> timings,
    List<Approval> approvals,
    List<Reason> reasons,
    Step asked,
    Step resume,
    Optional<Instant> thaw,
    List<Reason> alarms,
    Map<Slot, Long> leases,
    Position position) {

  /** When a stage began and, if it has, when it ended. */
  public record Timing(Stage stage, Instant startedAt, Optional<Instant> endedAt) {}

  /** How far the rollout is: which leg, and which of its shares. */
  public record Position(int leg, int share) {
    static final Position START = new Position(0, 0);
  }

  public ChangeState {
    artifacts = Map.copyOf(artifacts);
    endpoints = Map.copyOf(endpoints);
    judgements = List.copyOf(judgements);
    timings = List.copyOf(timings);
    approvals = List.copyOf(approvals);
    reasons = List.copyOf(reasons);
    alarms = List.copyOf(alarms);
    leases = Map.copyOf(leases);
  }

  /** The candidate, in a step that cannot be reached without one. */
  public Candidate theCandidate() {
    return candidate.orElseThrow(
        () -> new IllegalStateException(step + " is not reached without a candidate"));
  }

  /** The plan, in a step that cannot be reached without one. */
  public ChangePlan thePlan() {
    return plan.orElseThrow(
        () -> new IllegalStateException(step + " is not reached without a plan"));
  }

  /** Whether a branch that stands at this commit brings nothing that the change does not know. */
  public boolean isAt(CommitId head) {
    return pull.head().equals(head) || proposed.filter(head::equals).isPresent();
  }

  /** What people decided, as it holds for the head that the change has now. */
  List<Approval> approvalsInForce() {
    return approvals.stream()
        .map(
            it ->
                earlierHead.filter(it.head()::equals).isPresent() ? it.carriedTo(pull.head()) : it)
        .toList();
  }

  /** The word on which the change was taken back after it had shipped; empty if it was not. */
  public Optional<Approval> withdrawal() {
    return approvals.stream().filter(it -> it.isFor(AuditRecord.WITHDRAWN)).findFirst();
  }

  /** What people are asked: what holds the change, or the review that its emergency still owes. */
  public List<Reason> asks() {
    return owedReview().map(List::of).orElse(reasons);
  }

  /** What is asked of somebody else once an emergency has shipped; empty once it was done. */
  Optional<Reason> owedReview() {
    return step == Step.SHIPPED
            && approvals.stream().noneMatch(it -> it.isFor(AuditRecord.EMERGENCY_REVIEW))
        ? options.emergency().map(it -> it.review(since))
        : Optional.empty();
  }

  /** The state that people see. */
  public String state() {
    return step.state();
  }
}
