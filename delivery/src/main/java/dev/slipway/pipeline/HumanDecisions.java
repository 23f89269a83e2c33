package dev.slipway.pipeline;

import dev.slipway.audit.AuditRecord;
import dev.slipway.change.CommitId;
import dev.slipway.change.Person;
import dev.slipway.change.Slot;
import dev.slipway.pipeline.Planner.Answer;
import dev.slipway.policy.Approval;
import dev.slipway.policy.Reason;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What people may say of a change, who may, and what it leads to. A word is for one commit and for
 * exactly the reasons that were looked at.
 */
final class HumanDecisions {
  private HumanDecisions() {}

  static Answer approved(ChangeState state, Signal.Approve approve, Instant now) {
    if (state.step() != Step.WAITING_FOR_PERSON && state.owedReview().isEmpty()) {
      return new Answer.Refused("the change is not waiting for a person: it is " + state.state());
    }
    if (!approve.head().equals(state.pull().head())) {
      return elsewhere(state, approve.head());
    }
    if (!sameReasons(state.asks(), approve.reasons())) {
      return new Answer.Refused(
          "an approval is for exactly the reasons that hold the change; look again: "
              + String.join("; ", state.asks().stream().map(Reason::message).toList()));
    }
    Optional<String> objection = mayApprove(state, approve.by());
    if (objection.isPresent()) {
      return new Answer.Refused(objection.get());
    }
    return Planner.one(
        new Event.Approved(
            new Approval(approve.head(), state.asks(), approve.by(), approve.comment(), now), now));
  }

  private static Answer elsewhere(ChangeState state, CommitId head) {
    return new Answer.Refused(
        "an approval is for one commit: the change stands at "
            + state.pull().head().brief()
            + ", not at "
            + head.brief());
  }

  private static Optional<String> mayApprove(ChangeState state, Person by) {
    if (by.kind() == Person.Kind.BOT) {
      return Optional.of("a bot's approval is not a human's");
    }
    if (state.owedReview().isPresent()
        && state.options().emergency().filter(it -> it.by().equals(by)).isPresent()) {
      return Optional.of("whoever declared the emergency does not review it");
    }
    boolean onlyFirst =
        !state.asks().isEmpty()
            && state.asks().stream().allMatch(it -> it.rule().equals(Planner.FIRST_DEPLOYMENT));
    if (by.login().equalsIgnoreCase(state.pull().author().login()) && !onlyFirst) {
      return Optional.of("the author cannot approve their own exception");
    }
    List<String> reviewers = state.plan().map(ChangePlan::reviewers).orElse(List.of());
    if (!reviewers.isEmpty() && reviewers.stream().noneMatch(by.login()::equalsIgnoreCase)) {
      return Optional.of(
          by.login() + " is not among the reviewers: " + String.join(", ", reviewers));
    }
    return Optional.empty();
  }

  private static boolean sameReasons(List<Reason> held, List<Reason> given) {
    return held.stream().allMatch(reason -> given.stream().anyMatch(reason::sameAs))
        && given.stream().allMatch(reason -> held.stream().anyMatch(reason::sameAs));
  }

  /**
   * Who may let pass an exception may end a watch before its time. The canary still rises to all of
   * the traffic and is watched there, unless that watch is ended as well.
   */
  static Answer promotedEarly(ChangeState state, Signal.PromoteEarly early, Instant now) {
    if (state.step() != Step.WATCHING) {
      return new Answer.Refused(
          "only a canary that is being watched can be promoted early: the change is "
              + state.state());
    }
    if (!early.head().equals(state.pull().head())) {
      return elsewhere(state, early.head());
    }
    if (early.why().isBlank()) {
      return new Answer.Refused("say why: it goes on record");
    }
    Optional<String> objection = mayApprove(state, early.by());
    if (objection.isPresent()) {
      return new Answer.Refused(objection.get());
    }
    Slot slot = state.thePlan().production().get(state.position().leg()).slot();
    Reason reason = new Reason(AuditRecord.PROMOTED_EARLY, slot.toString(), early.why());
    return Planner.one(
        new Event.PromotedEarly(
            new Approval(early.head(), List.of(reason), early.by(), early.why(), now), now));
  }

  /** Taking back is one person's word, the author's too: moving back never waits. */
  static Answer withdrawn(ChangeState state, Signal.Withdraw withdraw, Instant now) {
    if (state.withdrawal().isPresent()) {
      return Planner.nothing();
    }
    if (state.step() != Step.SHIPPED) {
      return new Answer.Refused(
          "only a change that has shipped can be taken back: this one is " + state.state());
    }
    if (withdraw.by().kind() == Person.Kind.BOT) {
      return new Answer.Refused("a bot's word is not a human's");
    }
    if (withdraw.why().isBlank()) {
      return new Answer.Refused("say why: it goes on record, and the next on call reads it");
    }
    if (state.thePlan().production().isEmpty()) {
      return new Answer.Refused("nothing of the change runs in production");
    }
    Reason reason = new Reason(AuditRecord.WITHDRAWN, state.pull().id().value(), withdraw.why());
    return Planner.one(
        new Event.Withdrawn(
            new Approval(state.pull().head(), List.of(reason), withdraw.by(), withdraw.why(), now),
            now));
  }

  static Answer retried(ChangeState state, Signal.Retry retry, Instant now) {
    return state.step() == Step.WAITING_FOR_PERSON
        ? Planner.one(new Event.Retried("asked for by " + retry.by(), now))
        : new Answer.Refused("the change is not waiting for a person: it is " + state.state());
  }
}
