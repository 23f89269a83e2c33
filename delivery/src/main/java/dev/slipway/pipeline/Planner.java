package dev.slipway.pipeline;

import dev.slipway.change.Stage;
import dev.slipway.policy.Approval;
import dev.slipway.policy.Disposition;
import dev.slipway.policy.Judgement;
import dev.slipway.policy.Policy;
import dev.slipway.policy.Reason;
import dev.slipway.policy.Report;
import dev.slipway.policy.Verdict;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Decides, without doing anything: what a signal leads to, and what is to be so outside in a state.
 * A result counts only while its act is wanted, so nothing late, doubled or forged moves a change.
 */
public final class Planner {
  /** The reason that nothing is in production yet; consent to it can be given in advance. */
  public static final String FIRST_DEPLOYMENT = "deployment.first";

  /** The reason that production is frozen now. */
  private static final String FROZEN = "deployment.frozen";

  private final Wanted wanted;

  /**
   * @param version the version of Slipway, for the record
   */
  public Planner(String version) {
    this.wanted = new Wanted(version);
  }

  /** What a signal leads to. */
  public sealed interface Answer {
    /** These events, in order; none if the signal changes nothing. */
    record Accepted(List<Event> events) implements Answer {
      public Accepted {
        events = List.copyOf(events);
      }
    }

    /** Nothing, and why: for the person who asked. */
    record Refused(String why) implements Answer {}
  }

  /** The state after the event; empty before the first. */
  public ChangeState evolve(Optional<ChangeState> state, Event event) {
    return Evolution.apply(state, event);
  }

  /** Everything that is to be so outside in this state. */
  public List<Act> acts(ChangeState state) {
    return wanted.acts(state);
  }

  /** What the signal leads to, now. */
  public Answer plan(Optional<ChangeState> state, Signal signal, Instant now) {
    if (state.isEmpty()) {
      return signal instanceof Signal.Open open
          ? new Answer.Accepted(List.of(new Event.Opened(open.pull(), open.options(), now)))
          : new Answer.Refused("there is no such change");
    }
    return switch (answer(state.get(), signal, now)) {
      case Answer.Accepted accepted -> withFollowers(state.get(), accepted, now);
      case Answer.Refused refused -> refused;
    };
  }

  private Answer answer(ChangeState state, Signal signal, Instant now) {
    return switch (signal) {
      case Signal.Open open -> reopened(state, open);
      case Signal.Done done when isWork(state, done.act()) -> done(state, done.result(), now);
      case Signal.Done ignored -> nothing();
      case Signal.Broke broke when isWork(state, broke.act()) ->
          one(broken(state, broke.reason(), now));
      case Signal.Broke ignored -> nothing();
      case Signal.LeaseGranted granted ->
          Wanted.nextLease(state).filter(granted.slot()::equals).isPresent()
              ? one(new Event.Leased(granted.slot(), granted.token(), now))
              : nothing();
      case Signal.Approve approve -> HumanDecisions.approved(state, approve, now);
      case Signal.Reject reject ->
          leave(state, new Event.Rejected(reject.by(), reject.comment(), now));
      case Signal.Retry retry -> HumanDecisions.retried(state, retry, now);
      case Signal.Thaw ignored ->
          state.thaw().isPresent()
              ? one(new Event.Retried("production is no longer frozen", now))
              : nothing();
      case Signal.ReviewOverdue ignored ->
          state.owedReview().isPresent() ? one(new Event.ReviewOverdue(now)) : nothing();
      case Signal.PromoteEarly early -> HumanDecisions.promotedEarly(state, early, now);
      case Signal.Withdraw withdraw -> HumanDecisions.withdrawn(state, withdraw, now);
      case Signal.GiveWay giveWay -> gaveWay(state, giveWay, now);
      case Signal.Push push ->
          state.isAt(push.head())
              ? nothing()
              : leave(state, new Event.Superseded(push.head(), now));
      case Signal.Close ignored -> leave(state, new Event.Closed(now));
    };
  }

  private boolean isWork(ChangeState state, String act) {
    return wanted.work(state).filter(work -> work.key().equals(act)).isPresent();
  }

  private static Answer reopened(ChangeState state, Signal.Open open) {
    return state.isAt(open.pull().head())
        ? nothing()
        : new Answer.Refused("the change " + state.pull().id() + " exists with another head");
  }

  private Answer done(ChangeState state, Result result, Instant now) {
    return switch (result) {
      case Result.Prepared prepared ->
          one(new Event.Prepared(prepared.candidate(), prepared.plan().with(state.options()), now));
      case Result.Reported reported -> judged(state, reported, now);
      case Result.TestsAdded ignored -> one(new Event.TestsAdded(now));
      case Result.TestsNotAdded not -> one(withoutTests(state, not.why(), now));
      case Result.HeadMoved moved -> one(new Event.Superseded(moved.to(), now));
      case Result.Built built -> one(new Event.Built(built.artifacts(), now));
      case Result.Moved moved -> one(new Event.Moved(moved.endpoints(), now));
      case Result.Merged ignored -> one(new Event.Merged(now));
      case Result.BaseMoved moved -> one(new Event.BaseMoved(moved.to(), now));
      case Result.RolledBack back -> rolledBack(back, now);
      case Result.Impossible impossible ->
          one(
              event(
                  state,
                  new Verdict.Fail(impossible.reasons()),
                  rollsBack(state)
                      ? new Disposition.RollBack(impossible.reasons(), Disposition.Then.END)
                      : new Disposition.Stop(impossible.reasons()),
                  now));
      case Result.Hindered hindered ->
          one(asked(state, new Verdict.NotRun(hindered.reasons()), now));
      case Result.Noted ignored -> nothing();
    };
  }

  private static Answer judged(ChangeState state, Result.Reported reported, Instant now) {
    Policy policy = new Policy(state.thePlan().limits());
    Report report = reported.report();
    Judgement judgement = policy.judge(report, state.pull().head(), state.approvalsInForce());
    List<Event> events = new ArrayList<>();
    if (report.stage() == Stage.REVIEW) {
      report.risk().ifPresent(risk -> events.add(new Event.RiskAssessed(risk, now)));
    }
    if (state.step() == Step.TESTING && state.earlierHead().isEmpty()) {
      report.tests().ifPresent(tests -> events.add(new Event.TestsProposed(tests, now)));
    }
    Optional<Approval> consent = consent(state, judgement, now);
    if (consent.isPresent()) {
      events.add(new Event.Approved(consent.get(), now));
      List<Approval> approvals = new ArrayList<>(state.approvalsInForce());
      approvals.add(consent.get());
      judgement = policy.judge(report, state.pull().head(), approvals);
    }
    if (onlyFrozen(judgement)) {
      report.thaw().ifPresent(until -> events.add(new Event.Frozen(until, now)));
    }
    events.add(new Event.Judged(judgement, reported.digest(), now));
    return new Answer.Accepted(events);
  }

  /** Whether nothing but a freeze holds the change: then it needs nobody, only time. */
  private static boolean onlyFrozen(Judgement judgement) {
    return judgement.disposition() instanceof Disposition.Ask ask
        && ask.reasons().stream().allMatch(reason -> reason.rule().equals(FROZEN));
  }

  /**
   * Consent to a first deployment that was given when the change was sent, for the reasons now
   * known.
   */
  private static Optional<Approval> consent(ChangeState state, Judgement judgement, Instant now) {
    List<Reason> first =
        judgement.disposition() instanceof Disposition.Ask ask
            ? ask.reasons().stream().filter(it -> it.rule().equals(FIRST_DEPLOYMENT)).toList()
            : List.of();
    return first.isEmpty()
        ? Optional.empty()
        : state
            .options()
            .firstDeployment()
            .map(
                by ->
                    new Approval(
                        state.pull().head(), first, by, "consented when the change was sent", now));
  }

  /** Tests that cannot be added change nothing of what the gate decided; who is asked is told. */
  private static Event withoutTests(ChangeState state, String why, Instant now) {
    Judgement decided =
        state.judgements().stream()
            .filter(it -> it.stage() == Stage.TEST)
            .findFirst()
            .orElseThrow(() -> new IllegalStateException("tests were proposed and not judged"));
    Reason reason = new Reason("tests.not_added", state.pull().headBranch(), why);
    Disposition disposition =
        decided.disposition() instanceof Disposition.Ask ask
            ? new Disposition.Ask(Stream.concat(ask.reasons().stream(), Stream.of(reason)).toList())
            : decided.disposition();
    return new Event.Judged(new Judgement(Stage.TEST, decided.verdict(), disposition), "", now);
  }

  private static Event broken(ChangeState state, String why, Instant now) {
    switch (state.step()) {
      case ADDING_TESTS -> {
        return withoutTests(state, why, now);
      }
      case PROMOTING, ROLLING_BACK, WITHDRAWING -> {
        return new Event.Retried(why, now);
      }
      default -> {}
    }
    Reason reason =
        new Reason("pipeline.not_run", state.step().name().toLowerCase(java.util.Locale.ROOT), why);
    return asked(state, new Verdict.NotRun(List.of(reason)), now);
  }

  private static Event asked(ChangeState state, Verdict verdict, Instant now) {
    return event(
        state,
        verdict,
        rollsBack(state)
            ? new Disposition.RollBack(verdict.reasons(), Disposition.Then.ASK)
            : new Disposition.Ask(verdict.reasons()),
        now);
  }

  private static boolean rollsBack(ChangeState state) {
    return state.step().touchesProduction()
        || (state.step() == Step.MERGING && !state.thePlan().production().isEmpty());
  }

  private static Event event(
      ChangeState state, Verdict verdict, Disposition disposition, Instant now) {
    Stage stage = state.step().stage().orElseThrow();
    return new Event.Judged(new Judgement(stage, verdict, disposition), "", now);
  }

  private static Answer rolledBack(Result.RolledBack back, Instant now) {
    Event rolledBack = new Event.RolledBack(now);
    return back.doubts().isEmpty()
        ? one(rolledBack)
        : new Answer.Accepted(List.of(rolledBack, new Event.RollbackDoubted(back.doubts(), now)));
  }

  /** Only what can still be called back gives way; it waits for a person, who may retry it. */
  private static Answer gaveWay(ChangeState state, Signal.GiveWay giveWay, Instant now) {
    boolean holds =
        state.leases().containsKey(giveWay.slot())
            && (state.step() == Step.ASSESSING || state.step().touchesProduction());
    Reason reason = new Reason("deployment.gave_way", giveWay.slot().toString(), giveWay.why());
    return holds ? one(asked(state, new Verdict.NotRun(List.of(reason)), now)) : nothing();
  }

  private static Answer leave(ChangeState state, Event event) {
    if (state.step().ended()) {
      return new Answer.Refused("the change has ended: it is " + state.state());
    }
    return state.step().irrevocable()
        ? new Answer.Refused(
            "the change can no longer be called back: it is " + state.step().name())
        : one(event);
  }

  /** What follows of itself: gates that are not there for this change, or that it skips. */
  private Answer withFollowers(ChangeState before, Answer.Accepted accepted, Instant now) {
    List<Event> events = new ArrayList<>(accepted.events());
    ChangeState state = before;
    for (Event event : accepted.events()) {
      state = Evolution.apply(Optional.of(state), event);
    }
    for (Optional<Event> next = follower(state, now);
        next.isPresent();
        next = follower(state, now)) {
      events.add(next.get());
      state = Evolution.apply(Optional.of(state), next.get());
    }
    return new Answer.Accepted(events);
  }

  private static Optional<Event> follower(ChangeState state, Instant now) {
    if (state.plan().isEmpty()) {
      return Optional.empty();
    }
    ChangePlan plan = state.thePlan();
    return switch (state.step()) {
      case REVIEWING -> skipped(state, Stage.REVIEW, now);
      case TESTING ->
          unless(plan.tests(), Stage.TEST, "no tests are configured", now)
              .or(() -> skipped(state, Stage.TEST, now));
      case BUILDING -> unless(plan.builds(), Stage.STAGING, "nothing is built", now);
      case QUEUED_FOR_STAGING ->
          unless(!plan.staging().isEmpty(), Stage.STAGING, "nothing runs in staging", now)
              .or(() -> skipped(state, Stage.STAGING, now))
              .or(() -> stillHeld(state, now));
      case VALIDATING ->
          unless(!plan.staging().isEmpty(), Stage.VALIDATION, "nothing runs in staging", now)
              .or(() -> skipped(state, Stage.VALIDATION, now));
      case QUEUED_FOR_PRODUCTION ->
          unless(!plan.production().isEmpty(), Stage.DEPLOYMENT, "nothing runs in production", now)
              .or(() -> stillHeld(state, now));
      default -> Optional.empty();
    };
  }

  /** A candidate made anew may still hold all its leases: nobody will grant them again. */
  private static Optional<Event> stillHeld(ChangeState state, Instant now) {
    return Wanted.nextLease(state).isPresent()
        ? Optional.empty()
        : state.leases().entrySet().stream()
            .min(Map.Entry.comparingByKey())
            .map(held -> new Event.Leased(held.getKey(), held.getValue(), now));
  }

  /** A gate that an emergency skips did not run, which is never the same as a pass. */
  private static Optional<Event> skipped(ChangeState state, Stage stage, Instant now) {
    return state
        .options()
        .emergency()
        .flatMap(it -> it.skipped(stage))
        .map(
            reason ->
                new Event.Judged(
                    new Judgement(
                        stage, new Verdict.NotRun(List.of(reason)), new Disposition.Proceed()),
                    "",
                    now));
  }

  private static Optional<Event> unless(boolean applies, Stage stage, String why, Instant now) {
    return applies ? Optional.empty() : notApplicable(stage, why, now);
  }

  private static Optional<Event> notApplicable(Stage stage, String why, Instant now) {
    return Optional.of(
        new Event.Judged(
            new Judgement(
                stage,
                new Verdict.NotApplicable(why + ", by the base branch's configuration"),
                new Disposition.Proceed()),
            "",
            now));
  }

  static Answer nothing() {
    return new Answer.Accepted(List.of());
  }

  static Answer one(Event event) {
    return new Answer.Accepted(List.of(event));
  }
}
