package dev.slipway.pipeline;

import dev.slipway.agents.Assignment.Watch;
import dev.slipway.audit.AuditRecord;
import dev.slipway.audit.AuditRecord.Decision;
import dev.slipway.audit.AuditRecord.Effect;
import dev.slipway.change.Artifact;
import dev.slipway.change.CommitId;
import dev.slipway.change.Digest;
import dev.slipway.change.PullRequest;
import dev.slipway.change.ServiceName;
import dev.slipway.change.Slot;
import dev.slipway.change.Stage;
import dev.slipway.policy.Reason;
import dev.slipway.project.RolloutPlan;
import dev.slipway.target.Epoch;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** What a state wants to be so outside: the acts, the leases, and where a pause goes on. Pure. */
final class Wanted {
  /**
   * No step takes longer than this without a person being told; the watch has its window on top.
   */
  private static final Duration STEP_LIMIT = Duration.ofHours(2);

  private final String version;

  Wanted(String version) {
    this.version = version;
  }

  List<Act> acts(ChangeState state) {
    List<Act> acts = new ArrayList<>(leaseActs(state));
    for (int i = 0; i < state.approvals().size(); i++) {
      acts.add(
          new Act.Keep(
              "approval/" + i,
              new AuditRecord.Approved(state.pull().id(), state.approvals().get(i))));
    }
    acts.add(new Act.Tell(key(state, "tell"), state));
    work(state).ifPresent(acts::add);
    if (state.step().stage().isPresent()) {
      deadline(state).ifPresent(acts::add);
    } else {
      acts.add(new Act.Keep(key(state, "rested"), rested(state)));
    }
    if (state.step() == Step.ROLLED_BACK && state.withdrawal().isPresent()) {
      acts.add(new Act.Revert(key(state, "revert"), state));
    }
    if (Investigation.isDue(state)) {
      acts.add(new Act.ReportIncident(key(state, "incident"), state));
    }
    if (state.step() == Step.WAITING_FOR_PERSON) {
      waiting(state, acts);
    }
    if (state.owedReview().isPresent()) {
      acts.add(new Act.Escalate(key(state, "escalate"), state));
      if (state.alarms().isEmpty()) {
        Instant due = state.since().plus(Emergency.REVIEW_WITHIN);
        acts.add(new Act.Timer(key(state, "review"), due, new Signal.ReviewOverdue()));
      }
    }
    for (Reason alarm : state.alarms()) {
      acts.add(alarm(state, alarm));
    }
    return acts;
  }

  private static Act alarm(ChangeState state, Reason why) {
    return new Act.Alarm(
        key(state, "alarm/" + why.rule()),
        state,
        state.pull().id() + " (" + why.subject() + ")",
        why.message());
  }

  /** In a freeze only those are called who are to go before the others. */
  private static void waiting(ChangeState state, List<Act> acts) {
    state
        .thaw()
        .ifPresent(at -> acts.add(new Act.Timer(key(state, "thaw"), at, new Signal.Thaw())));
    if (state.thaw().isEmpty() || state.options().priority() > 0) {
      acts.add(new Act.Escalate(key(state, "escalate"), state));
    }
  }

  /** The one thing that the step is for; empty where a change only waits. */
  Optional<Act> work(ChangeState state) {
    return switch (state.step()) {
      case PREPARING -> Optional.of(new Act.Prepare(key(state, "prepare"), state, opened(state)));
      case REVIEWING -> inspect(state, Stage.REVIEW, Optional.empty());
      case TESTING -> inspect(state, Stage.TEST, Optional.empty());
      case ADDING_TESTS -> Optional.of(addTests(state));
      case BUILDING ->
          Optional.of(
              new Act.Build(
                  key(state, "build"), state, permit(state, Effect.BUILD, "build", List.of())));
      case DEPLOYING_TO_STAGING -> {
        List<Slot> slots = state.thePlan().staging();
        yield Optional.of(
            new Act.DeployToStaging(
                key(state, "stage"),
                state,
                epochs(state, slots),
                permit(state, Effect.STAGE, "deploy to staging", slots)));
      }
      case MEASURING -> inspect(state, Stage.STAGING, Optional.empty());
      case VALIDATING -> inspect(state, Stage.VALIDATION, Optional.empty());
      case ASSESSING -> inspect(state, Stage.DEPLOYMENT, Optional.empty());
      case INSTALLING_BASE -> {
        List<Slot> slots = production(state);
        yield Optional.of(
            new Act.InstallBase(
                key(state, "install-base"),
                state,
                epochs(state, slots),
                permit(state, Effect.INSTALL_BASE, "install the base version", slots)));
      }
      case SHIFTING -> Optional.of(shift(state));
      case WATCHING -> inspect(state, Stage.DEPLOYMENT, Optional.of(watch(state)));
      case MERGING ->
          Optional.of(
              new Act.Merge(
                  key(state, "merge"),
                  state,
                  permit(state, Effect.MERGE, "move the base branch", List.of())));
      case PROMOTING -> {
        List<Slot> slots = production(state);
        yield Optional.of(
            new Act.Promote(
                key(state, "promote"),
                state,
                epochs(state, slots),
                permit(state, Effect.PROMOTE, "promote", slots)));
      }
      case ROLLING_BACK -> {
        List<Slot> slots = production(state);
        yield Optional.of(
            new Act.RollBack(
                key(state, "roll-back"),
                state,
                epochs(state, slots),
                new AuditRecord.RolledBack(
                    state.pull().id(),
                    Integer.toString(state.turn()),
                    slots,
                    state.reasons(),
                    state.since())));
      }
      case WITHDRAWING -> {
        List<Slot> slots = production(state);
        yield Optional.of(
            new Act.Withdraw(
                key(state, "withdraw"),
                state,
                epochs(state, slots),
                permit(state, Effect.WITHDRAW, "put back what ran before", slots)));
      }
      case QUEUED_FOR_STAGING,
          QUEUED_FOR_PRODUCTION,
          QUEUED_FOR_WITHDRAWAL,
          WAITING_FOR_PERSON,
          SHIPPED,
          REJECTED,
          ROLLED_BACK,
          SUPERSEDED,
          CLOSED ->
          Optional.empty();
    };
  }

  private Optional<Act> inspect(ChangeState state, Stage stage, Optional<Watch> watch) {
    return Optional.of(
        new Act.Inspect(
            key(state, stage.label()),
            state,
            stage,
            watch,
            permit(state, Effect.INSPECT, "inspect for " + stage.label(), List.of())));
  }

  private Act addTests(ChangeState state) {
    CommitId tests =
        state
            .proposed()
            .orElseThrow(() -> new IllegalStateException("no tests are proposed to be added"));
    return new Act.AddTests(
        key(state, "add-tests"),
        state,
        permit(
            state,
            Effect.ADD_TESTS,
            "add the tests of " + tests.brief() + " to " + state.pull().headBranch(),
            List.of()));
  }

  private Act shift(ChangeState state) {
    ChangePlan.Leg leg = state.thePlan().production().get(state.position().leg());
    RolloutPlan.Step step = leg.steps().get(state.position().share());
    return new Act.Shift(
        key(state, "shift"),
        state,
        leg.slot(),
        step.share(),
        epoch(state, leg.slot()),
        permit(
            state,
            Effect.SHIFT,
            "serve " + step.share() + " of " + leg.slot(),
            List.of(leg.slot())));
  }

  private static Watch watch(ChangeState state) {
    ChangePlan.Leg leg = state.thePlan().production().get(state.position().leg());
    RolloutPlan.Step step = leg.steps().get(state.position().share());
    return new Watch(leg.slot(), step.share(), state.since(), step.watch());
  }

  private Decision permit(ChangeState state, Effect effect, String what, List<Slot> slots) {
    ChangePlan plan = state.thePlan();
    Map<ServiceName, Artifact> artifacts = new TreeMap<>(state.artifacts());
    return new Decision(
        state.pull().id(),
        Integer.toString(state.turn()),
        effect,
        what,
        state.theCandidate(),
        slots,
        artifacts,
        state.judgements(),
        state.approvals(),
        plan.configuration(),
        Digest.of(plan.limits().toString().getBytes(StandardCharsets.UTF_8)).toString(),
        version,
        state.since());
  }

  private AuditRecord.Opened opened(ChangeState state) {
    PullRequest sent = state.earlierHead().map(state.pull()::at).orElse(state.pull());
    return new AuditRecord.Opened(
        sent.id(), sent, state.options().asMap(), version, state.openedAt());
  }

  private static AuditRecord rested(ChangeState state) {
    return new AuditRecord.Rested(
        state.pull().id(),
        Integer.toString(state.turn()),
        state.state(),
        state.reasons(),
        state.since());
  }

  private Optional<Act> deadline(ChangeState state) {
    Duration limit =
        state.step() == Step.WATCHING
            ? STEP_LIMIT.plus(watch(state).window().multipliedBy(2))
            : STEP_LIMIT;
    return work(state)
        .map(
            act ->
                new Act.Timer(
                    key(state, "deadline"),
                    state.since().plus(limit),
                    new Signal.Broke(act.key(), "it took longer than " + limit.toHours() + " h")));
  }

  private static String key(ChangeState state, String what) {
    return state.turn() + "/" + what;
  }

  private static List<Slot> production(ChangeState state) {
    return state.thePlan().production().stream().map(ChangePlan.Leg::slot).toList();
  }

  static Map<Slot, Epoch> epochs(ChangeState state, List<Slot> slots) {
    Map<Slot, Epoch> epochs = new TreeMap<>();
    slots.forEach(slot -> epochs.put(slot, epoch(state, slot)));
    return epochs;
  }

  private static Epoch epoch(ChangeState state, Slot slot) {
    Long token = state.leases().get(slot);
    if (token == null) {
      throw new IllegalStateException(
          state.step() + " is not reached without the lease of " + slot);
    }
    return new Epoch(token, state.turn());
  }

  private static List<Act> leaseActs(ChangeState state) {
    List<Slot> slots = new ArrayList<>(state.leases().keySet().stream().sorted().toList());
    nextLease(state).ifPresent(slots::add);
    return slots.stream()
        .<Act>map(slot -> new Act.HoldLease("lease/" + slot, slot, priority(state)))
        .toList();
  }

  /** Moving back is served before everything else. */
  private static int priority(ChangeState state) {
    return state.step().movesBack() ? Integer.MAX_VALUE : state.options().priority();
  }

  /**
   * The slot whose lease is wanted next: one at a time in one order, so that no two wait in a
   * circle.
   */
  static Optional<Slot> nextLease(ChangeState state) {
    List<Slot> needed =
        switch (state.step()) {
          case QUEUED_FOR_STAGING -> state.thePlan().staging();
          case QUEUED_FOR_PRODUCTION, QUEUED_FOR_WITHDRAWAL ->
              production(state).stream().sorted().toList();
          default -> List.of();
        };
    return needed.stream().filter(slot -> !state.leases().containsKey(slot)).findFirst();
  }

  /** The slots whose leases may be kept in this state. */
  static List<Slot> slots(ChangeState state) {
    if (state.plan().isEmpty() || state.step().stage().isEmpty()) {
      return List.of();
    }
    // A candidate that is made anew because the base moved keeps its place in production's queue.
    List<Slot> slots = new ArrayList<>(production(state));
    switch (state.step()) {
      case QUEUED_FOR_STAGING, DEPLOYING_TO_STAGING, MEASURING, VALIDATING ->
          slots.addAll(state.thePlan().staging());
      default -> {}
    }
    return slots;
  }

  /** Where a change goes on once a person approved what held it in the step. */
  static Step afterApproval(Step step) {
    return switch (step) {
      case REVIEWING -> Step.TESTING;
      case TESTING, ADDING_TESTS -> Step.BUILDING;
      default -> afterRetry(step);
    };
  }

  /** Where a change goes on when what held it in the step is to be tried again. */
  static Step afterRetry(Step step) {
    return switch (step) {
      case ADDING_TESTS -> Step.TESTING;
      case QUEUED_FOR_STAGING, DEPLOYING_TO_STAGING, MEASURING, VALIDATING ->
          Step.QUEUED_FOR_STAGING;
      case QUEUED_FOR_PRODUCTION, ASSESSING, MERGING -> Step.QUEUED_FOR_PRODUCTION;
      default -> step;
    };
  }
}
