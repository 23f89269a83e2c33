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
import dev.slipway.policy.Approval;
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
  private final Asides asides;

  public Runner(
      AuditTrail trail,
      Preparation preparation,
      Inspection inspection,
      Building building,
      Production production,
      Confirmation confirmation,
      Asides asides) {
    this.trail = trail;
    this.preparation = preparation;
    this.migrating =
        new Migrating(
            production, this::permitted, decision -> done(decision, new Result.Moved(Map.of())));
    this.environment = new EnvironmentCheck(inspection, production, migrating, this::permitted);
    this.building = building;
    this.production = production;
    this.confirmation = confirmation;
    this.asides = asides;
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
      case Act.Aside aside -> {
        asides.perform(aside);
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
}
