package dev.slipway.pipeline;

import dev.slipway.audit.AuditRecord;
import dev.slipway.change.Slot;
import dev.slipway.change.Stage;
import dev.slipway.pipeline.ChangeState.Position;
import dev.slipway.pipeline.ChangeState.Timing;
import dev.slipway.policy.Approval;
import dev.slipway.policy.Disposition;
import dev.slipway.policy.Judgement;
import dev.slipway.policy.Reason;
import dev.slipway.policy.Verdict;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The fold of events into a state: pure, total over every history that {@link Planner} can write.
 */
final class Evolution {
  private Evolution() {}

  /** The state after the event; the first event of a change is always {@link Event.Opened}. */
  static ChangeState apply(Optional<ChangeState> before, Event event) {
    if (before.isEmpty()) {
      return opened(event);
    }
    ChangeState state = before.get();
    ChangeState told = learn(state, event);
    Optional<Trigger> trigger = trigger(told, event);
    return trigger.isEmpty() ? told : enter(told, trigger.get(), event);
  }

  private static ChangeState opened(Event event) {
    if (!(event instanceof Event.Opened opened)) {
      throw new IllegalStateException("a history begins with Opened, not with " + event);
    }
    return new ChangeState(
        opened.pull(),
        Optional.empty(),
        Optional.empty(),
        opened.options(),
        opened.at(),
        Step.PREPARING,
        opened.at(),
        0,
        Optional.empty(),
        Optional.empty(),
        Map.of(),
        Map.of(),
        Optional.empty(),
        List.of(),
        List.of(new Timing(Stage.REVIEW, opened.at(), Optional.empty())),
        List.of(),
        List.of(),
        Step.PREPARING,
        Step.PREPARING,
        Optional.empty(),
        List.of(),
        Map.of(),
        Position.START);
  }

  /** What the event means for the way of a change in this state; empty if it does not move it. */
  static Optional<Trigger> meaning(ChangeState state, Event event) {
    return trigger(learn(state, event), event);
  }

  /** What the event adds to what is known, without moving. */
  private static ChangeState learn(ChangeState state, Event event) {
    Draft draft = new Draft(state);
    switch (event) {
      case Event.Prepared prepared -> {
        draft.candidate = Optional.of(prepared.candidate());
        draft.plan = Optional.of(prepared.plan());
      }
      case Event.Judged judged -> {
        draft.judgements = replaced(state.judgements(), judged.judgement());
        draft.reasons = reasons(judged.judgement().disposition());
      }
      case Event.RiskAssessed assessed -> draft.risk = Optional.of(assessed.risk());
      case Event.TestsProposed proposed -> draft.proposed = Optional.of(proposed.tests());
      case Event.TestsAdded ignored -> {
        draft.earlierHead = Optional.of(state.pull().head());
        draft.pull = state.pull().at(state.proposed().orElseThrow());
        draft.proposed = Optional.empty();
      }
      case Event.Frozen frozen -> draft.thaw = Optional.of(frozen.until());
      case Event.Built built -> draft.artifacts = built.artifacts();
      case Event.Leased leased -> {
        Map<Slot, Long> leases = new HashMap<>(state.leases());
        leases.put(leased.slot(), leased.token());
        draft.leases = leases;
      }
      case Event.Moved moved -> {
        if (!moved.endpoints().isEmpty()) {
          draft.endpoints = moved.endpoints();
        }
      }
      case Event.Approved approved -> {
        draft.approvals = with(state, approved.approval());
        draft.alarms = List.of();
      }
      case Event.ReviewOverdue ignored ->
          draft.alarms =
              state.options().emergency().map(it -> it.overdue(state.since())).stream().toList();
      case Event.PromotedEarly early -> {
        draft.approvals = with(state, early.approval());
        draft.position = cutShort(state);
      }
      case Event.Withdrawn withdrawn -> {
        draft.approvals = with(state, withdrawn.approval());
        draft.reasons = withdrawn.approval().reasons();
      }
      case Event.Rejected rejected ->
          draft.reasons =
              List.of(
                  new Reason(
                      "person.rejected",
                      rejected.by().login(),
                      "rejected by " + rejected.by() + ": " + rejected.comment()));
      case Event.BaseMoved moved ->
          draft.reasons =
              List.of(
                  new Reason(
                      "base.moved",
                      state.pull().baseBranch(),
                      "the base branch moved to "
                          + moved.to().brief()
                          + ", so the candidate is made anew"));
      case Event.Superseded superseded ->
          draft.reasons =
              List.of(
                  new Reason(
                      "change.superseded",
                      state.pull().headBranch(),
                      "a new push, " + superseded.head().brief() + ", takes its place"));
      case Event.Opened ignored -> throw new IllegalStateException("opened twice");
      case Event.Merged ignored -> {}
      case Event.RolledBack ignored -> {}
      case Event.RollbackDoubted doubted -> draft.alarms = doubted.doubts();
      case Event.Retried retried -> draft.alarms = unconfirmed(state, retried.why());
      case Event.Closed ignored ->
          draft.reasons =
              List.of(
                  new Reason(
                      "change.closed", state.pull().headBranch(), "the pull request was closed"));
    }
    return draft.state();
  }

  /** What the event means for the way of the change; empty if it does not move it. */
  private static Optional<Trigger> trigger(ChangeState state, Event event) {
    return switch (event) {
      case Event.Opened ignored -> Optional.empty();
      case Event.Prepared ignored -> Optional.of(Trigger.PROCEED);
      case Event.Judged judged -> Optional.of(decided(state, judged.judgement()));
      case Event.RiskAssessed ignored -> Optional.empty();
      case Event.TestsProposed ignored -> Optional.empty();
      case Event.TestsAdded ignored -> Optional.of(Trigger.TESTS_ADDED);
      case Event.Frozen ignored -> Optional.empty();
      case Event.Built ignored -> Optional.of(Trigger.PROCEED);
      case Event.Leased ignored ->
          Wanted.nextLease(state).isEmpty() ? Optional.of(Trigger.PROCEED) : Optional.empty();
      case Event.Moved ignored -> Optional.of(Trigger.PROCEED);
      case Event.Merged ignored ->
          Optional.of(state.thePlan().production().isEmpty() ? Trigger.COMPLETE : Trigger.PROCEED);
      case Event.BaseMoved ignored -> Optional.of(Trigger.BASE_MOVED);
      case Event.RolledBack ignored -> Optional.of(Trigger.ROLLED_BACK);
      case Event.Approved ignored ->
          state.step() == Step.WAITING_FOR_PERSON
              ? Optional.of(Trigger.APPROVED)
              : Optional.empty();
      case Event.RollbackDoubted ignored -> Optional.empty();
      case Event.ReviewOverdue ignored -> Optional.empty();
      case Event.Retried ignored -> Optional.of(Trigger.RETRIED);
      case Event.Rejected ignored -> Optional.of(Trigger.REJECTED);
      case Event.Superseded ignored -> Optional.of(Trigger.SUPERSEDED);
      case Event.Closed ignored -> Optional.of(Trigger.CLOSED);
      case Event.PromotedEarly ignored -> Optional.of(watched(state));
      case Event.Withdrawn ignored -> Optional.of(Trigger.WITHDRAWN);
    };
  }

  private static Trigger decided(ChangeState state, Judgement judgement) {
    if (state.step() == Step.TESTING
        && state.proposed().isPresent()
        && !(judgement.disposition() instanceof Disposition.Stop)) {
      return Trigger.ADD_TESTS;
    }
    return switch (judgement.disposition()) {
      case Disposition.Ask ignored -> Trigger.ASK;
      case Disposition.Stop ignored -> Trigger.STOP;
      case Disposition.RollBack ignored -> Trigger.ROLL_BACK;
      case Disposition.Proceed ignored -> {
        if (state.step() == Step.WATCHING) {
          yield watched(state);
        }
        if (state.step() == Step.ASSESSING && installsBase(judgement)) {
          yield Trigger.INSTALL_BASE;
        }
        yield skips(judgement.verdict()) ? Trigger.SKIP : Trigger.PROCEED;
      }
    };
  }

  private static boolean skips(Verdict verdict) {
    return verdict instanceof Verdict.NotApplicable
        || verdict.reasons().stream()
            .anyMatch(it -> it.rule().equals(AuditRecord.EMERGENCY_SKIPPED));
  }

  /** The share just watched holds: there is a next one, or it was the last. */
  private static Trigger watched(ChangeState state) {
    return next(state).isPresent() ? Trigger.PROCEED : Trigger.COMPLETE;
  }

  private static boolean installsBase(Judgement judgement) {
    return judgement.verdict().reasons().stream()
        .anyMatch(reason -> reason.rule().equals(Planner.FIRST_DEPLOYMENT));
  }

  private static ChangeState enter(ChangeState state, Trigger trigger, Event event) {
    Set<Step> targets = Transitions.targets(state.step(), trigger);
    Step target = choose(state, trigger, targets);
    Draft draft = new Draft(state);
    draft.step = target;
    draft.since = event.at();
    draft.turn = state.turn() + 1;
    draft.timings = timed(state.timings(), target, event.at());
    switch (trigger) {
      case ASK -> {
        draft.asked = Wanted.afterRetry(state.step());
        draft.resume = Wanted.afterApproval(state.step());
      }
      case ROLL_BACK -> draft.resume = afterRollback(event);
      case BASE_MOVED -> draft.resume = Step.PREPARING;
      case REJECTED -> draft.resume = Step.REJECTED;
      case SUPERSEDED -> draft.resume = Step.SUPERSEDED;
      case CLOSED -> draft.resume = Step.CLOSED;
      case ROLLED_BACK -> {
        draft.asked = Step.QUEUED_FOR_PRODUCTION;
        draft.resume = Step.QUEUED_FOR_PRODUCTION;
      }
      case APPROVED,
          RETRIED,
          PROCEED,
          INSTALL_BASE,
          COMPLETE,
          ADD_TESTS,
          TESTS_ADDED,
          SKIP,
          STOP,
          WITHDRAWN -> {}
    }
    if (trigger != Trigger.ASK) {
      draft.thaw = Optional.empty();
    }
    if (trigger != Trigger.RETRIED) {
      draft.alarms = List.of();
    }
    if (state.step() == Step.ADDING_TESTS) {
      draft.proposed = Optional.empty();
    }
    if (target.stage().isPresent() && !target.movesBack()) {
      draft.reasons = List.of();
    }
    if (target == Step.PREPARING) {
      draft.judgements = List.of();
      draft.artifacts = Map.of();
      draft.endpoints = Map.of();
      draft.timings = timed(List.of(), target, event.at());
    }
    if (target == Step.QUEUED_FOR_PRODUCTION) {
      draft.position = Position.START;
    } else if (state.step() == Step.WATCHING && target == Step.SHIFTING) {
      draft.position = next(state).orElseThrow();
    }
    ChangeState entered = draft.state();
    draft.leases = kept(entered);
    return draft.state();
  }

  private static Step choose(ChangeState state, Trigger trigger, Set<Step> targets) {
    if (targets.isEmpty()) {
      throw new IllegalStateException(trigger + " cannot happen in " + state.step());
    }
    if (targets.size() == 1) {
      return targets.iterator().next();
    }
    Step chosen =
        switch (trigger) {
          case RETRIED -> state.asked();
          case BASE_MOVED ->
              state.thePlan().production().isEmpty() ? Step.PREPARING : Step.ROLLING_BACK;
          default -> state.resume();
        };
    if (!targets.contains(chosen)) {
      throw new IllegalStateException(
          trigger + " in " + state.step() + " cannot lead to " + chosen);
    }
    return chosen;
  }

  private static Step afterRollback(Event event) {
    if (event instanceof Event.Judged judged
        && judged.judgement().disposition() instanceof Disposition.RollBack back) {
      return switch (back.then()) {
        case END -> Step.ROLLED_BACK;
        case ASK -> Step.WAITING_FOR_PERSON;
      };
    }
    throw new IllegalStateException("only a gate's decision rolls back, not " + event);
  }

  /** The share that follows the one just watched: of the same leg, or the first of the next. */
  static Optional<Position> next(ChangeState state) {
    List<ChangePlan.Leg> legs = state.thePlan().production();
    Position at = state.position();
    if (at.share() + 1 < legs.get(at.leg()).steps().size()) {
      return Optional.of(new Position(at.leg(), at.share() + 1));
    }
    return at.leg() + 1 < legs.size()
        ? Optional.of(new Position(at.leg() + 1, 0))
        : Optional.empty();
  }

  /** As if all shares but the leg's last one had been watched. */
  private static Position cutShort(ChangeState state) {
    Position at = state.position();
    int last = state.thePlan().production().get(at.leg()).steps().size() - 1;
    return new Position(at.leg(), Math.max(at.share(), last - 1));
  }

  /** What is tried again because production did not confirm it, people are told of. */
  private static List<Reason> unconfirmed(ChangeState state, String why) {
    return state.step().irrevocable()
        ? List.of(
            new Reason(
                "production.unconfirmed",
                state.step().name().toLowerCase(Locale.ROOT),
                "it is tried again until it is so: " + why))
        : List.of();
  }

  private static List<Approval> with(ChangeState state, Approval approval) {
    List<Approval> approvals = new ArrayList<>(state.approvals());
    approvals.add(approval);
    return approvals;
  }

  private static List<Judgement> replaced(List<Judgement> judgements, Judgement latest) {
    List<Judgement> out = new ArrayList<>(judgements);
    out.removeIf(judgement -> judgement.stage() == latest.stage());
    out.add(latest);
    return out;
  }

  private static List<Reason> reasons(Disposition disposition) {
    return switch (disposition) {
      case Disposition.Proceed ignored -> List.of();
      case Disposition.Ask ask -> ask.reasons();
      case Disposition.Stop stop -> stop.reasons();
      case Disposition.RollBack back -> back.reasons();
    };
  }

  private static List<Timing> timed(List<Timing> timings, Step target, Instant at) {
    List<Timing> out = new ArrayList<>(timings);
    Optional<Stage> running = target.stage();
    if (!out.isEmpty() && out.getLast().endedAt().isEmpty()) {
      Timing last = out.getLast();
      if (running.isPresent() && running.get() == last.stage()) {
        return out;
      }
      out.set(out.size() - 1, new Timing(last.stage(), last.startedAt(), Optional.of(at)));
    }
    running.ifPresent(stage -> out.add(new Timing(stage, at, Optional.empty())));
    return out;
  }

  private static Map<Slot, Long> kept(ChangeState state) {
    Set<Slot> wanted = new HashSet<>(Wanted.slots(state));
    Map<Slot, Long> kept = new HashMap<>(state.leases());
    kept.keySet().retainAll(wanted);
    return kept;
  }
}
