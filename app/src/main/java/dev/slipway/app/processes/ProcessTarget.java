package dev.slipway.app.processes;

import dev.slipway.app.json.Json;
import dev.slipway.audit.AuditRecord.Decision;
import dev.slipway.audit.Recorded;
import dev.slipway.change.Artifact;
import dev.slipway.change.Slot;
import dev.slipway.policy.Share;
import dev.slipway.target.DeployTarget;
import dev.slipway.target.Epoch;
import dev.slipway.target.Rollout;
import dev.slipway.target.Serving;
import dev.slipway.target.TargetFault;
import dev.slipway.target.TrafficRouter;
import dev.slipway.workspace.ArtifactStore;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Runs versions as detached processes behind a {@link TrafficRouter}. What a slot is to be is on
 * disk before it is made so, and every method brings it about from wherever a crash left it.
 */
public final class ProcessTarget implements DeployTarget {
  private static final Duration DRAIN_LIMIT = Duration.ofSeconds(30);
  private static final long DRAIN_PAUSE_MILLIS = 20;
  private static final int PUTS_PER_MOVE = 1_000;

  private final TrafficRouter router;
  private final Launcher launcher;
  private final SlotFiles files;
  private final Map<Slot, ReentrantLock> locks = new ConcurrentHashMap<>();

  /**
   * @param directory where it keeps what each slot is to be, and the output of instances
   */
  public ProcessTarget(Path directory, TrafficRouter router, ArtifactStore artifacts) {
    this.router = router;
    this.launcher = new Launcher(artifacts, directory.resolve("instances"));
    this.files = new SlotFiles(directory.resolve("slots"), Json.mapper());
  }

  @Override
  public Serving install(Recorded<Decision> permit, Rollout rollout, Epoch epoch) {
    requirePermit(permit, rollout.slot());
    return moved(
        rollout.slot(),
        epoch,
        slot -> {
          if (!runs(slot.stable(), rollout.artifact()) || !slot.canary().isEmpty()) {
            slot = withCanary(rollout, slot, Share.NONE);
            slot = save(rollout.slot(), slot.promoted());
          }
          for (Instance instance : slot.stable()) {
            launcher.ensureHealthy(instance, rollout);
          }
          return split(rollout.slot(), slot);
        });
  }

  @Override
  public Serving shift(Recorded<Decision> permit, Rollout rollout, Share share, Epoch epoch) {
    requirePermit(permit, rollout.slot());
    return moved(
        rollout.slot(), epoch, slot -> split(rollout.slot(), withCanary(rollout, slot, share)));
  }

  @Override
  public Serving promote(Recorded<Decision> permit, Slot place, Artifact artifact, Epoch epoch) {
    requirePermit(permit, place);
    return moved(
        place,
        epoch,
        slot -> {
          if (runs(slot.canary(), artifact)) {
            slot = save(place, slot.promoted());
          } else if (!runs(slot.stable(), artifact)) {
            throw new TargetFault(place + " runs no canary of " + artifact + " to promote");
          }
          return split(place, slot);
        });
  }

  @Override
  public Serving rollBack(Slot place, Epoch epoch) {
    return moved(place, epoch, slot -> split(place, save(place, slot.withoutCanary())));
  }

  @Override
  public Optional<Serving> serving(Slot place) {
    return files
        .read(place)
        .flatMap(slot -> router.endpoint(place).map(endpoint -> serving(slot, endpoint)));
  }

  private interface Move {
    SlotRecord make(SlotRecord slot);
  }

  private Serving moved(Slot place, Epoch epoch, Move move) {
    ReentrantLock lock = locks.computeIfAbsent(place, ignored -> new ReentrantLock());
    lock.lock();
    try {
      SlotRecord slot = files.read(place).orElse(SlotRecord.EMPTY);
      if (epoch.compareTo(slot.epoch()) < 0) {
        throw new TargetFault.StaleEpoch(epoch, slot.epoch());
      }
      SlotRecord done = retire(place, move.make(save(place, slot.at(epoch))));
      return serving(
          done,
          router
              .endpoint(place)
              .orElseThrow(() -> new TargetFault("the router does not know " + place)));
    } finally {
      lock.unlock();
    }
  }

  /** The slot with a healthy canary of the rollout's version at this share. */
  private SlotRecord withCanary(Rollout rollout, SlotRecord slot, Share share) {
    SlotRecord next = slot;
    if (!runs(slot.canary(), rollout.artifact())) {
      List<Instance> planned = new ArrayList<>();
      for (int i = 0; i < Math.max(1, rollout.run().instances()); i++) {
        planned.add(Launcher.plan(rollout));
      }
      next = slot.withoutCanary();
      next = next.withCanary(planned, share, health(rollout));
    } else {
      next = next.withShare(share);
    }
    // Written down before the processes start, at no share until they are healthy.
    save(rollout.slot(), next.withShare(Share.NONE));
    try {
      for (Instance instance : next.canary()) {
        launcher.ensureHealthy(instance, rollout);
      }
    } catch (TargetFault.Unhealthy e) {
      retire(rollout.slot(), save(rollout.slot(), next.withoutCanary()));
      throw e;
    }
    return save(rollout.slot(), next);
  }

  private static Optional<String> health(Rollout rollout) {
    String path = rollout.run().health();
    return path.isEmpty() ? Optional.empty() : Optional.of(path);
  }

  private static boolean runs(List<Instance> instances, Artifact artifact) {
    return !instances.isEmpty()
        && instances.stream().allMatch(it -> it.artifact().digest().equals(artifact.digest()));
  }

  /**
   * Gives the router what the record says. Every put has a number, so that none is mistaken for
   * another.
   */
  private SlotRecord split(Slot place, SlotRecord slot) {
    SlotRecord numbered = save(place, slot.nextPut());
    router.split(
        place,
        new Epoch(
            numbered.epoch().lease(),
            Math.multiplyExact(numbered.epoch().move(), PUTS_PER_MOVE) + numbered.puts()),
        new TrafficRouter.Split(
            backends(numbered.stable()),
            backends(numbered.canary()),
            numbered.share(),
            numbered.health()));
    return numbered;
  }

  private static List<TrafficRouter.Backend> backends(List<Instance> instances) {
    return instances.stream().filter(it -> it.port() > 0).map(Instance::backend).toList();
  }

  /** Ends the instances that are no longer wanted, once their last requests are answered. */
  private SlotRecord retire(Slot place, SlotRecord slot) {
    if (slot.leaving().isEmpty()) {
      return slot;
    }
    for (Instance instance : slot.leaving()) {
      awaitDrained(place, instance);
      launcher.end(instance);
    }
    return save(place, slot.left());
  }

  private void awaitDrained(Slot place, Instance instance) {
    long deadline = System.nanoTime() + DRAIN_LIMIT.toNanos();
    try {
      while (instance.port() > 0
          && router.inFlight(place, instance.backend()) > 0
          && System.nanoTime() < deadline) {
        // Between two looks at the router's counters.
        TimeUnit.MILLISECONDS.sleep(DRAIN_PAUSE_MILLIS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new TargetFault("interrupted while " + place + " drains", e);
    }
  }

  private SlotRecord save(Slot place, SlotRecord slot) {
    files.write(place, slot);
    return slot;
  }

  private static Serving serving(SlotRecord slot, URI endpoint) {
    return new Serving(
        slot.epoch(),
        slot.stable().stream().findFirst().map(Instance::artifact),
        slot.canary().stream().findFirst().map(Instance::artifact),
        slot.share(),
        endpoint,
        slot.canary().stream()
            .findFirst()
            .filter(it -> it.port() > 0)
            .map(it -> URI.create("http://127.0.0.1:" + it.port())));
  }

  /** A decision permits moving the places it names, and no other. */
  private static void requirePermit(Recorded<Decision> permit, Slot slot) {
    if (!permit.record().slots().contains(slot)) {
      throw new IllegalArgumentException(
          "the recorded decision " + permit.record().key() + " does not permit moving " + slot);
    }
  }
}
