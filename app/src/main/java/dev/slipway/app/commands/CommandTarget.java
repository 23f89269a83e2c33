package dev.slipway.app.commands;

import dev.slipway.app.json.JsonFile;
import dev.slipway.audit.AuditRecord.Decision;
import dev.slipway.audit.Recorded;
import dev.slipway.change.Artifact;
import dev.slipway.change.Slot;
import dev.slipway.policy.Share;
import dev.slipway.project.Service;
import dev.slipway.target.DeployTarget;
import dev.slipway.target.Epoch;
import dev.slipway.target.Rollout;
import dev.slipway.target.Serving;
import dev.slipway.target.TargetFault;
import dev.slipway.workspace.ArtifactStore;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Moves slots by running your scripts. A script's word is not enough: after every move the status
 * script must say that it is so. Epochs are kept here, so that scripts need not.
 */
public final class CommandTarget implements DeployTarget {
  /** The exit code by which a script says that the version is at fault. */
  static final int UNHEALTHY = 3;

  private final TargetScripts scripts;
  private final ArtifactStore artifacts;
  private final Path directory;
  private final Map<Slot, Object> locks = new ConcurrentHashMap<>();

  /**
   * A target.
   *
   * @param directory where it keeps the epoch of each slot
   */
  public CommandTarget(TargetScripts scripts, ArtifactStore artifacts, Path directory) {
    this.scripts = scripts;
    this.artifacts = artifacts;
    this.directory = directory;
  }

  /** What a move is to lead to. */
  private record Wanted(Optional<Artifact> stable, Optional<Artifact> canary, Share share) {}

  @Override
  public Serving install(Recorded<Decision> permit, Rollout rollout, Epoch epoch) {
    requirePermit(permit, rollout.slot());
    return moved(
        rollout.slot(),
        epoch,
        before -> {
          run(scripts.install(), order("install", rollout, Share.NONE, epoch), rollout.secrets());
          return new Wanted(Optional.of(rollout.artifact()), Optional.empty(), Share.NONE);
        });
  }

  @Override
  public Serving shift(Recorded<Decision> permit, Rollout rollout, Share share, Epoch epoch) {
    requirePermit(permit, rollout.slot());
    return moved(
        rollout.slot(),
        epoch,
        before -> {
          run(scripts.shift(), order("shift", rollout, share, epoch), rollout.secrets());
          return new Wanted(before.stable(), Optional.of(rollout.artifact()), share);
        });
  }

  @Override
  public Serving promote(Recorded<Decision> permit, Slot slot, Artifact artifact, Epoch epoch) {
    requirePermit(permit, slot);
    return moved(
        slot,
        epoch,
        before -> {
          boolean there =
              isSame(before.canary(), Optional.of(artifact))
                  || isSame(before.stable(), Optional.of(artifact));
          if (!there) {
            throw new TargetFault(slot + " runs no canary of " + artifact + " to promote");
          }
          run(
              scripts.promote(),
              order("promote", slot, Optional.of(artifact), Optional.empty(), epoch),
              Map.of());
          return new Wanted(Optional.of(artifact), Optional.empty(), Share.NONE);
        });
  }

  @Override
  public Serving rollBack(Slot slot, Epoch epoch) {
    return moved(
        slot,
        epoch,
        before -> {
          run(
              scripts.rollBack(),
              order("roll_back", slot, before.stable(), Optional.empty(), epoch),
              Map.of());
          return new Wanted(before.stable(), Optional.empty(), Share.NONE);
        });
  }

  @Override
  public Optional<Serving> serving(Slot slot) {
    Epoch epoch = file(slot).read().orElse(new Epoch(0, 0));
    return serving(epoch, status(slot, epoch));
  }

  private interface Move {
    Wanted make(Status before);
  }

  private Serving moved(Slot slot, Epoch epoch, Move move) {
    synchronized (locks.computeIfAbsent(slot, any -> new Object())) {
      Epoch obeyed = file(slot).read().orElse(new Epoch(0, 0));
      if (epoch.compareTo(obeyed) < 0) {
        throw new TargetFault.StaleEpoch(epoch, obeyed);
      }
      file(slot).write(epoch);
      Wanted wanted = move.make(status(slot, epoch));
      Status after = status(slot, epoch);
      requireSo(slot, wanted, after);
      return serving(epoch, after)
          .orElseThrow(() -> new TargetFault("the status script names no endpoint of " + slot));
    }
  }

  private static void requireSo(Slot slot, Wanted wanted, Status after) {
    boolean so =
        isSame(wanted.stable(), after.stable())
            && isSame(wanted.canary(), after.canary())
            && wanted.share().equals(share(after));
    if (!so) {
      throw new TargetFault(
          "the script is done, but " + slot + " is not as it should be: " + after);
    }
  }

  private static boolean isSame(Optional<Artifact> one, Optional<Artifact> other) {
    return one.map(Artifact::digest).equals(other.map(Artifact::digest));
  }

  private static Share share(Status status) {
    return status.canary().isEmpty() ? Share.NONE : new Share(status.shareBp().orElse(0));
  }

  private static Optional<Serving> serving(Epoch epoch, Status status) {
    return status
        .endpoint()
        .map(
            endpoint ->
                new Serving(
                    epoch,
                    status.stable(),
                    status.canary(),
                    share(status),
                    endpoint,
                    status.canaryEndpoint()));
  }

  private JsonFile<Epoch> file(Slot slot) {
    return new JsonFile<>(
        directory.resolve(slot.environment().name()).resolve(slot.service().value() + ".json"),
        Epoch.class);
  }

  private Order order(String action, Rollout rollout, Share share, Epoch epoch) {
    Order order =
        order(
            action,
            rollout.slot(),
            Optional.of(rollout.artifact()),
            Optional.of(share.basisPoints()),
            epoch);
    Optional<String> file =
        switch (rollout.artifact()) {
          case Artifact.File kept -> Optional.of(artifacts.open(kept).toString());
          case Artifact.OciImage ignored -> Optional.empty();
        };
    Optional<Service.Run> run = Optional.of(rollout.run());
    return new Order(
        Order.VERSION,
        action,
        order.environment(),
        order.service(),
        epoch,
        order.artifact(),
        file,
        order.shareBp(),
        run);
  }

  private static Order order(
      String action,
      Slot slot,
      Optional<Artifact> artifact,
      Optional<Integer> shareBp,
      Epoch epoch) {
    return new Order(
        Order.VERSION,
        action,
        slot.environment(),
        slot.service(),
        epoch,
        artifact,
        Optional.empty(),
        shareBp,
        Optional.empty());
  }

  private Status status(Slot slot, Epoch epoch) {
    Order order = order("status", slot, Optional.empty(), Optional.empty(), epoch);
    try {
      return run(scripts.status(), order, Map.of()).reply(Status.class);
    } catch (Script.Failed e) {
      throw new TargetFault("the status script of " + slot + ": " + e.getMessage(), e);
    }
  }

  private static Script.Ended run(Script script, Order order, Map<String, String> secrets) {
    String what = order.action() + " of " + order.service() + " in " + order.environment();
    try {
      Script.Ended ended = script.run(order, secrets);
      return switch (ended.exit()) {
        case 0 -> ended;
        case UNHEALTHY -> throw new TargetFault.Unhealthy(what + ": " + ended.complaint());
        default ->
            throw new TargetFault(
                what + ": the script ended with " + ended.exit() + ": " + ended.complaint());
      };
    } catch (Script.Failed e) {
      throw new TargetFault(what + ": " + e.getMessage(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new TargetFault("interrupted during " + what, e);
    }
  }

  private static void requirePermit(Recorded<Decision> permit, Slot slot) {
    if (!permit.record().slots().contains(slot)) {
      throw new IllegalArgumentException(
          "the recorded decision " + permit.record().key() + " does not permit moving " + slot);
    }
  }
}
