package dev.slipway.pipeline;

import dev.slipway.audit.AuditRecord;
import dev.slipway.audit.AuditRecord.Administration;
import dev.slipway.audit.AuditRecord.Decision;
import dev.slipway.audit.AuditTrail;
import dev.slipway.audit.Recorded;
import dev.slipway.change.Artifact;
import dev.slipway.change.CommitId;
import dev.slipway.change.Person;
import dev.slipway.change.ServiceName;
import dev.slipway.change.Slot;
import dev.slipway.escalation.ContextPackage;
import dev.slipway.forge.Branches;
import dev.slipway.forge.Forge;
import dev.slipway.notification.Notifier;
import dev.slipway.policy.Approval;
import dev.slipway.policy.Reason;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Does what the planner wants; chooses nothing. Every act that moves forward is first recorded, and
 * what it did is recorded after; a rollback goes ahead and is recorded once it is done.
 */
public final class Runner implements Performer {
  private final AuditTrail trail;
  private final Preparation preparation;
  private final Migrating migrating;
  private final EnvironmentCheck environment;
  private final Building building;
  private final Production production;
  private final Confirmation confirmation;
  private final Investigation investigation;
  private final Forge forge;
  private final Notifier notifier;

  public Runner(
      AuditTrail trail,
      Preparation preparation,
      Inspection inspection,
      Building building,
      Production production,
      Confirmation confirmation,
      Investigation investigation,
      Forge forge,
      Notifier notifier) {
    this.trail = trail;
    this.preparation = preparation;
    this.migrating =
        new Migrating(
            production, this::permitted, decision -> done(decision, new Result.Moved(Map.of())));
    this.environment = new EnvironmentCheck(inspection, production, migrating, this::permitted);
    this.building = building;
    this.production = production;
    this.confirmation = confirmation;
    this.investigation = investigation;
    this.forge = forge;
    this.notifier = notifier;
  }

  @Override
  public Result perform(Act act) throws InterruptedException {
    return switch (act) {
      case Act.Prepare prepare -> {
        trail.append(prepare.opened());
        Result result = preparation.prepare(prepare.of());
        if (result instanceof Result.Prepared prepared) {
          trail.append(planned(prepare.of(), prepared));
        }
        yield result;
      }
      case Act.Inspect inspect -> {
        Optional<CommitId> moved =
            inspect.of().step() == Step.ASSESSING
                ? production.baseMoved(inspect.of())
                : Optional.empty();
        if (moved.isPresent()) {
          yield new Result.BaseMoved(moved.get());
        }
        Result result = environment.inspect(inspect, permitted(inspect.permit()));
        if (result instanceof Result.Reported reported) {
          trail.append(
              new AuditRecord.AgentReport(
                  inspect.of().pull().id(),
                  inspect.permit().candidate(),
                  reported.report(),
                  reported.digest()));
        }
        yield result;
      }
      case Act.AddTests add -> {
        permitted(add.permit());
        yield done(add.permit(), production.addTests(add.of()));
      }
      case Act.Build build -> {
        permitted(build.permit());
        yield building.build(build.of());
      }
      case Act.DeployToStaging deploy ->
          done(deploy.permit(), environment.deploy(deploy, permitted(deploy.permit())));
      case Act.InstallBase install -> {
        Result result = production.installBase(install, permitted(install.permit()));
        yield done(install.permit(), production.stable(install.epochs().keySet()), result);
      }
      case Act.Shift shift ->
          migrating
              .before(shift)
              .orElseGet(
                  () -> done(shift.permit(), production.shift(shift, permitted(shift.permit()))));
      case Act.Merge merge -> {
        permitted(merge.permit());
        yield done(merge.permit(), production.merge(merge.of()));
      }
      case Act.Promote promote -> {
        Recorded<Decision> permit = permitted(promote.permit());
        holding(
            Administration.RELEASE,
            production.held(promote.epochs().keySet()),
            "ends with " + promote.of().pull().id(),
            promote.of().pull().author(),
            promote.permit().at());
        yield done(promote.permit(), production.promote(promote, permit));
      }
      case Act.RollBack back -> {
        production.rollBack(back);
        trail.append(back.afterwards());
        yield new Result.RolledBack(confirmation.doubts(back.of(), back.epochs().keySet()));
      }
      case Act.Withdraw withdraw -> {
        Decision permit = withdraw.permit().moving(production.before(withdraw));
        Result result = production.withdraw(withdraw, permitted(permit));
        trail.append(
            new AuditRecord.Done(
                permit.change(), permit.step(), permit.permits(), permit.artifacts(), permit.at()));
        Approval word = withdraw.of().withdrawal().orElseThrow();
        holding(
            Administration.HOLD,
            production.held(withdraw.epochs().keySet()),
            "until the base branch agrees with what was put back: " + word.comment(),
            word.by(),
            word.at());
        yield result;
      }
      case Act.Revert revert -> {
        revert(revert.of());
        yield new Result.Noted();
      }
      case Act.Keep keep -> {
        trail.append(keep.record());
        yield new Result.Noted();
      }
      case Act.Tell tell -> {
        forge.report(
            tell.of().pull().id(), new Forge.Status(tell.of().state(), summary(tell.of())));
        yield new Result.Noted();
      }
      case Act.Escalate escalate -> {
        notifier.needsPerson(context(escalate.of()));
        yield new Result.Noted();
      }
      case Act.ReportIncident report -> {
        trail.append(investigation.report(report.of()));
        yield new Result.Noted();
      }
      case Act.Alarm alarm -> {
        notifier.alarm(alarm.title(), alarm.text());
        yield new Result.Noted();
      }
      case Act.HoldLease ignored -> throw new IllegalArgumentException("leases are the engine's");
      case Act.Timer ignored -> throw new IllegalArgumentException("timers are the engine's");
    };
  }

  /** Records that services are held from now on, or no longer. */
  private void holding(
      Administration what, List<Slot> slots, String detail, Person by, Instant at) {
    if (!slots.isEmpty()) {
      String subject = slots.stream().map(Slot::toString).collect(Collectors.joining(", "));
      trail.append(new AuditRecord.Administered(what, subject, detail, by, at));
    }
  }

  /** Opens the change that makes base branch and production agree again, or calls people. */
  private void revert(ChangeState state) {
    Reversal reversal = Reversal.of(state);
    switch (production.revert(state, reversal)) {
      case Branches.Reverted.Ready ready ->
          forge.open(reversal.pull(state, ready.head()), Reversal.PRIORITY);
      case Branches.Reverted.Conflict conflict ->
          notifier.alarm(
              state.pull().id() + " is not taken out of " + state.pull().baseBranch(),
              "it was taken back from production, and reverting it conflicts in "
                  + String.join(", ", conflict.files())
                  + ": make the revert by hand");
      case Branches.Reverted.Nothing ignored -> {}
    }
  }

  /** Records a decision, after the approvals that it rests on. */
  private Recorded<Decision> permitted(Decision permit) {
    permit.approvals().forEach(it -> trail.append(new AuditRecord.Approved(permit.change(), it)));
    return trail.append(permit);
  }

  /** Records that a permitted move was made. */
  private Result done(Decision permit, Result result) {
    return done(permit, permit.artifacts(), result);
  }

  private Result done(Decision permit, Map<ServiceName, Artifact> artifacts, Result result) {
    if (result instanceof Result.Moved
        || result instanceof Result.Merged
        || result instanceof Result.TestsAdded) {
      trail.append(
          new AuditRecord.Done(
              permit.change(), permit.step(), permit.permits(), artifacts, permit.at()));
    }
    return result;
  }

  private static AuditRecord.Planned planned(ChangeState state, Result.Prepared prepared) {
    ChangePlan plan = prepared.plan();
    return new AuditRecord.Planned(
        state.pull().id(),
        prepared.candidate(),
        plan.stages(),
        plan.production().stream().map(ChangePlan.Leg::slot).toList(),
        plan.limits(),
        plan.reviewers(),
        plan.configuration());
  }

  /** Everything a person needs to decide on the change. */
  public static ContextPackage context(ChangeState state) {
    return new ContextPackage(state.pull(), state.candidate(), state.asks(), state.judgements());
  }

  private static String summary(ChangeState state) {
    return state.asks().stream().map(Reason::message).collect(Collectors.joining("; "));
  }
}
