package dev.slipway.pipeline;

import dev.slipway.agents.testing.Sources;
import dev.slipway.audit.AuditRecord.Decision;
import dev.slipway.audit.Recorded;
import dev.slipway.change.Artifact;
import dev.slipway.change.CommitId;
import dev.slipway.change.Environment;
import dev.slipway.change.FileChange;
import dev.slipway.change.Printable;
import dev.slipway.change.PullRequest;
import dev.slipway.change.ServiceName;
import dev.slipway.change.Slot;
import dev.slipway.forge.Branches;
import dev.slipway.policy.Reason;
import dev.slipway.project.Project;
import dev.slipway.project.Projects;
import dev.slipway.project.Secrets;
import dev.slipway.project.Service;
import dev.slipway.target.Releases;
import dev.slipway.target.Rollout;
import dev.slipway.target.Serving;
import dev.slipway.target.TargetFault;
import dev.slipway.target.Targets;
import dev.slipway.telemetry.Baselines;
import dev.slipway.workspace.Workspace;
import java.net.URI;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Moves what runs, and branches. The only class that calls a deploy target. */
public final class Production {
  private final Targets targets;
  private final Branches branches;
  private final Workspace workspace;
  private final Building building;
  private final Context context;
  private final Secrets secrets;
  private final Releases releases;
  private final Baselines baselines;

  public Production(
      Targets targets,
      Branches branches,
      Workspace workspace,
      Building building,
      Projects projects,
      Secrets secrets,
      Releases releases,
      Baselines baselines) {
    this.targets = targets;
    this.branches = branches;
    this.workspace = workspace;
    this.building = building;
    this.context = new Context(projects);
    this.secrets = secrets;
    this.releases = releases;
    this.baselines = baselines;
  }

  Result deployToStaging(Act.DeployToStaging act, Recorded<Decision> permit) {
    Map<ServiceName, URI> endpoints = new HashMap<>();
    return guarded(
        act.of(),
        () -> {
          for (Slot slot : act.epochs().keySet().stream().sorted().toList()) {
            Rollout rollout = rollout(act.of(), slot, act.of().artifacts());
            Serving serving =
                targets.in(slot.environment()).install(permit, rollout, epoch(act.epochs(), slot));
            endpoints.put(slot.service(), serving.endpoint());
          }
          return new Result.Moved(endpoints);
        });
  }

  Result installBase(Act.InstallBase act, Recorded<Decision> permit) {
    ChangeState state = act.of();
    Project project = context.project(state);
    List<Slot> empty =
        act.epochs().keySet().stream().filter(slot -> stable(slot).isEmpty()).sorted().toList();
    List<Service> missing =
        context.services(state, project).stream()
            .filter(it -> empty.stream().anyMatch(slot -> slot.service().equals(it.name())))
            .toList();
    return switch (building.buildAll(state, missing, state.theCandidate().base())) {
      case Result.Built built ->
          guarded(
              state,
              () -> {
                for (Slot slot : empty) {
                  targets
                      .in(slot.environment())
                      .install(
                          permit,
                          rollout(state, slot, built.artifacts()),
                          epoch(act.epochs(), slot));
                }
                return new Result.Moved(Map.of());
              });
      case Result.Impossible failed -> new Result.Hindered(failed.reasons());
      case Result other -> other;
    };
  }

  Result shift(Act.Shift act, Recorded<Decision> permit) {
    Optional<CommitId> moved = baseMoved(act.of());
    if (moved.isPresent()) {
      return new Result.BaseMoved(moved.get());
    }
    return guarded(
        act.of(),
        () -> {
          targets
              .in(act.slot().environment())
              .shift(
                  permit,
                  rollout(act.of(), act.slot(), act.of().artifacts()),
                  act.share(),
                  act.epoch());
          return new Result.Moved(Map.of());
        });
  }

  /** Moves the change's branch to the proposed tests, if they are all that this brings. */
  Result addTests(ChangeState state) {
    PullRequest pull = state.pull();
    CommitId tests = state.proposed().orElseThrow();
    for (FileChange file : workspace.diff(pull.repository(), pull.head(), tests).files()) {
      boolean isNew = file.kind() == FileChange.Kind.ADDED || file.kind() == FileChange.Kind.COPIED;
      if (!isNew || !Sources.isTest(file.path())) {
        return new Result.TestsNotAdded(
            "the commit " + tests.brief() + " changes " + Printable.of(file.path()));
      }
    }
    return switch (branches.moveBranch(pull.repository(), pull.headBranch(), pull.head(), tests)) {
      case Branches.Move.Moved ignored -> new Result.TestsAdded();
      case Branches.Move.MovedElsewhere elsewhere -> new Result.HeadMoved(elsewhere.actual());
      case Branches.Move.Refused refused ->
          new Result.TestsNotAdded(
              refused.reason()
                  + "; the tests wait in the commit "
                  + tests.brief()
                  + ": git cherry-pick it, or retry");
    };
  }

  Result merge(ChangeState state) {
    return switch (branches.moveBranch(
        state.pull().repository(),
        state.pull().baseBranch(),
        state.theCandidate().base(),
        state.theCandidate().commit())) {
      case Branches.Move.Moved ignored -> new Result.Merged();
      case Branches.Move.MovedElsewhere elsewhere -> new Result.BaseMoved(elsewhere.actual());
      case Branches.Move.Refused refused ->
          new Result.Hindered(
              List.of(new Reason("merge.refused", state.pull().baseBranch(), refused.reason())));
    };
  }

  Result promote(Act.Promote act, Recorded<Decision> permit) {
    act.epochs()
        .forEach(
            (slot, epoch) ->
                targets
                    .in(slot.environment())
                    .promote(permit, slot, artifact(act.of().artifacts(), slot), epoch));
    act.of()
        .artifacts()
        .keySet()
        .forEach(
            service ->
                baselines.shipped(
                    act.of().pull().repository(), service, act.of().theCandidate().commit()));
    return new Result.Moved(Map.of());
  }

  /** Rolls back every slot even if one of them fails; the first failure is thrown at the end. */
  Result rollBack(Act.RollBack act) {
    List<RuntimeException> faults = new ArrayList<>();
    for (Slot slot : act.epochs().keySet()) {
      try {
        targets.in(slot.environment()).rollBack(slot, epoch(act.epochs(), slot));
      } catch (TargetFault fault) {
        faults.add(fault);
      }
    }
    if (!faults.isEmpty()) {
      RuntimeException first = faults.removeFirst();
      faults.forEach(first::addSuppressed);
      throw first;
    }
    remember(act);
    return new Result.RolledBack();
  }

  /** A version that failed in production is not deployed there again without a person. */
  private void remember(Act.RollBack act) {
    Step next = act.of().resume();
    if (next != Step.ROLLED_BACK && next != Step.WAITING_FOR_PERSON) {
      return;
    }
    for (Slot slot : act.epochs().keySet()) {
      Artifact artifact = act.of().artifacts().get(slot.service());
      if (artifact != null) {
        releases.rolledBack(slot, artifact.digest());
      }
    }
  }

  /** Where the base branch stands, if not where the candidate was made from. */
  Optional<CommitId> baseMoved(ChangeState state) {
    return workspace
        .branch(state.pull().repository(), state.pull().baseBranch())
        .filter(at -> !at.equals(state.theCandidate().base()));
  }

  /** What the slots are stably serving, by service. */
  Map<ServiceName, Artifact> stable(Collection<Slot> slots) {
    Map<ServiceName, Artifact> stable = new HashMap<>();
    slots.forEach(slot -> stable(slot).ifPresent(it -> stable.put(slot.service(), it)));
    return stable;
  }

  private Optional<Artifact> stable(Slot slot) {
    return targets.in(slot.environment()).serving(slot).flatMap(Serving::stable);
  }

  private Rollout rollout(ChangeState state, Slot slot, Map<ServiceName, Artifact> artifacts) {
    Service service =
        context
            .project(state)
            .service(slot.service())
            .orElseThrow(() -> new IllegalStateException("no service " + slot.service()));
    Service.Run run =
        service
            .run()
            .orElseThrow(() -> new IllegalStateException(slot.service() + " has nothing to run"));
    Service.SecretUse use =
        slot.environment().equals(Environment.STAGING)
            ? Service.SecretUse.STAGING
            : Service.SecretUse.PRODUCTION;
    return Rollout.of(slot, artifact(artifacts, slot), service, run, secrets.of(service, use));
  }

  private static Artifact artifact(Map<ServiceName, Artifact> artifacts, Slot slot) {
    Artifact artifact = artifacts.get(slot.service());
    if (artifact == null) {
      throw new IllegalStateException("no artifact was built of " + slot.service());
    }
    return artifact;
  }

  private static dev.slipway.target.Epoch epoch(
      Map<Slot, dev.slipway.target.Epoch> epochs, Slot slot) {
    dev.slipway.target.Epoch epoch = epochs.get(slot);
    if (epoch == null) {
      throw new IllegalStateException("no epoch for " + slot);
    }
    return epoch;
  }

  /**
   * A version that does not become healthy is the change's doing; a missing secret is a person's to
   * mend.
   */
  private static Result guarded(ChangeState state, java.util.function.Supplier<Result> move) {
    try {
      return move.get();
    } catch (TargetFault.Unhealthy e) {
      return new Result.Impossible(
          List.of(
              new Reason(
                  "deploy.unhealthy",
                  state.step().name().toLowerCase(java.util.Locale.ROOT),
                  String.valueOf(e.getMessage()))));
    } catch (Secrets.MissingSecret e) {
      return new Result.Hindered(
          List.of(new Reason("secret.missing", "secrets", String.valueOf(e.getMessage()))));
    }
  }
}
