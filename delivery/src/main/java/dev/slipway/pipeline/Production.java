package dev.slipway.pipeline;

import dev.slipway.audit.AuditRecord.Decision;
import dev.slipway.audit.Recorded;
import dev.slipway.change.Artifact;
import dev.slipway.change.CommitId;
import dev.slipway.change.ServiceName;
import dev.slipway.change.Slot;
import dev.slipway.forge.Branches;
import dev.slipway.policy.Approval;
import dev.slipway.policy.Reason;
import dev.slipway.project.Project;
import dev.slipway.project.Projects;
import dev.slipway.project.Secrets;
import dev.slipway.project.Service;
import dev.slipway.target.Epoch;
import dev.slipway.target.Release;
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
import java.util.TreeMap;

/** Moves what runs, and branches. The only class that calls a deploy target. */
public final class Production {
  private final Targets targets;
  private final Branching branching;
  private final Migrations migrations;
  private final Building building;
  private final Context context;
  private final Secrets secrets;
  private final Releases releases;
  private final Aftermath aftermath;
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
    this.branching = new Branching(branches, workspace);
    this.building = building;
    this.context = new Context(projects);
    this.secrets = secrets;
    this.migrations = new Migrations(workspace, context, secrets);
    this.releases = releases;
    this.aftermath = new Aftermath(releases);
    this.baselines = baselines;
  }

  Result deployToStaging(Act.DeployToStaging act, Recorded<Decision> permit) {
    return stage(act.of(), act.epochs(), act.of().artifacts(), permit);
  }

  /** Runs these artifacts where the epochs say. */
  Result stage(
      ChangeState state,
      Map<Slot, Epoch> epochs,
      Map<ServiceName, Artifact> artifacts,
      Recorded<Decision> permit) {
    Map<ServiceName, URI> endpoints = new HashMap<>();
    return guarded(
        state,
        () -> {
          for (Slot slot : epochs.keySet().stream().sorted().toList()) {
            Serving serving =
                targets
                    .in(slot.environment())
                    .install(permit, rollout(state, slot, artifacts), epoch(epochs, slot));
            endpoints.put(slot.service(), serving.endpoint());
          }
          return new Result.Moved(endpoints);
        });
  }

  /** Whether there is a database to migrate before the candidate runs in the slot. */
  boolean migrates(ChangeState state, Slot slot) {
    return migrations.concern(state, slot);
  }

  Result migrate(ChangeState state, Slot slot, Recorded<Decision> permit) {
    return migrations.run(state, slot, permit);
  }

  /** Whether staging runs what was built of the change, and nothing else. */
  boolean stages(ChangeState state) {
    return state.thePlan().staging().stream()
        .allMatch(
            slot ->
                stable(slot)
                    .filter(it -> it.digest().equals(artifact(state.artifacts(), slot).digest()))
                    .isPresent());
  }

  /** What production stably runs of the services that the change concerns; a wave is enough. */
  Map<ServiceName, Artifact> inProduction(ChangeState state) {
    Map<ServiceName, Artifact> running = new TreeMap<>();
    for (ChangePlan.Leg leg : state.thePlan().production()) {
      stable(leg.slot()).ifPresent(it -> running.putIfAbsent(leg.slot().service(), it));
    }
    return running;
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
                  released(state, slot, built.artifacts(), state.theCandidate().base());
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
    return branching.addTests(state);
  }

  Result merge(ChangeState state) {
    return branching.merge(state);
  }

  /** Makes the branch that takes the change out of the base branch again. */
  Branches.Reverted revert(ChangeState state, Reversal reversal) {
    return branching.revert(state, reversal);
  }

  /** Where the base branch stands, if not where the candidate was made from. */
  Optional<CommitId> baseMoved(ChangeState state) {
    return branching.baseMoved(state);
  }

  Result promote(Act.Promote act, Recorded<Decision> permit) {
    act.epochs()
        .forEach(
            (slot, epoch) -> {
              targets
                  .in(slot.environment())
                  .promote(permit, slot, artifact(act.of().artifacts(), slot), epoch);
              released(act.of(), slot, act.of().artifacts(), act.of().theCandidate().commit());
            });
    act.of()
        .artifacts()
        .keySet()
        .forEach(
            service ->
                baselines.shipped(
                    act.of().pull().repository(), service, act.of().theCandidate().commit()));
    return new Result.Moved(Map.of());
  }

  private void released(
      ChangeState state, Slot slot, Map<ServiceName, Artifact> artifacts, CommitId commit) {
    releases.released(
        slot,
        new Release(
            state.pull().id(),
            state.pull().repository(),
            commit,
            artifact(artifacts, slot),
            Optional.empty()));
  }

  /** What ran before the change, by service, wherever it is put back. */
  Map<ServiceName, Artifact> before(Act.Withdraw act) {
    Map<ServiceName, Artifact> before = new HashMap<>();
    for (Slot slot : act.epochs().keySet()) {
      releases
          .before(slot, act.of().pull().id())
          .ifPresent(release -> before.put(slot.service(), release.artifact()));
    }
    return before;
  }

  /**
   * Puts back what ran before the change, wherever the change is what runs, and looks whether it is
   * so. Where something newer runs, or nothing ran before, nothing is moved.
   */
  Result withdraw(Act.Withdraw act, Recorded<Decision> permit) {
    for (Slot slot : act.epochs().keySet().stream().sorted().toList()) {
      Optional<Release> before = releases.before(slot, act.of().pull().id());
      if (before.isPresent() && runsEither(slot, act.of(), before.get())) {
        putBack(act, slot, before.get(), permit);
      }
    }
    return Result.RolledBack.seen();
  }

  /** The slots that are held because a change was taken back. */
  List<Slot> held(Collection<Slot> slots) {
    return slots.stream()
        .filter(slot -> releases.latest(slot).flatMap(Release::withdrawal).isPresent())
        .sorted()
        .toList();
  }

  private boolean runsEither(Slot slot, ChangeState state, Release before) {
    Artifact own = artifact(state.artifacts(), slot);
    return stable(slot)
        .map(Artifact::digest)
        .filter(it -> it.equals(own.digest()) || it.equals(before.artifact().digest()))
        .isPresent();
  }

  private void putBack(Act.Withdraw act, Slot slot, Release before, Recorded<Decision> permit) {
    ChangeState state = act.of();
    Service service =
        Context.service(context.project(before.repository(), before.commit()), slot.service());
    Serving serving =
        targets
            .in(slot.environment())
            .install(permit, rollout(slot, before.artifact(), service), epoch(act.epochs(), slot));
    Optional<Artifact> runs = serving.stable();
    if (runs.filter(it -> it.digest().equals(before.artifact().digest())).isEmpty()) {
      throw new TargetFault(slot + " was to run " + before.artifact() + " again, and runs " + runs);
    }
    Artifact own = artifact(state.artifacts(), slot);
    // The same content can have been released twice: what runs again is not known as bad.
    if (!own.digest().equals(before.artifact().digest())) {
      releases.rolledBack(slot, own.digest());
    }
    Approval word =
        state
            .withdrawal()
            .orElseThrow(() -> new IllegalStateException("nobody took " + slot + " back"));
    aftermath.of(word, slot, state);
    releases.released(
        slot,
        before.because(
            new Release.Withdrawal(
                state.pull().id(),
                state.theCandidate().commit(),
                word.by().login(),
                word.comment())));
  }

  /** Rolls back every slot even if one of them fails; the first failure is thrown at the end. */
  void rollBack(Act.RollBack act) {
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
    aftermath.of(act);
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
    return rollout(slot, artifact(artifacts, slot), context.service(state, slot.service()));
  }

  private Rollout rollout(Slot slot, Artifact artifact, Service service) {
    Service.Run run =
        service
            .run()
            .orElseThrow(() -> new IllegalStateException(slot.service() + " has nothing to run"));
    Service.SecretUse use = Service.SecretUse.in(slot.environment());
    return Rollout.of(slot, artifact, service, run, secrets.of(service, use));
  }

  private static Artifact artifact(Map<ServiceName, Artifact> artifacts, Slot slot) {
    Artifact artifact = artifacts.get(slot.service());
    if (artifact == null) {
      throw new IllegalStateException("no artifact was built of " + slot.service());
    }
    return artifact;
  }

  private static Epoch epoch(Map<Slot, Epoch> epochs, Slot slot) {
    Epoch epoch = epochs.get(slot);
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
