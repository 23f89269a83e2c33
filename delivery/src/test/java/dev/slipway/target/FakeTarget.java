package dev.slipway.target;

import dev.slipway.audit.AuditRecord.Decision;
import dev.slipway.audit.Recorded;
import dev.slipway.change.Artifact;
import dev.slipway.change.Slot;
import dev.slipway.policy.Share;
import java.net.URI;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** A target that keeps what slots serve in memory and runs nothing. */
public final class FakeTarget implements DeployTarget {
  private final Map<Slot, Serving> slots = new ConcurrentHashMap<>();
  private final Set<Artifact> unhealthy = new HashSet<>();

  /** From now on this version does not become healthy. */
  public void isUnhealthy(Artifact artifact) {
    unhealthy.add(artifact);
  }

  @Override
  public Serving install(Recorded<Decision> permit, Rollout rollout, Epoch epoch) {
    requirePermit(permit, rollout.slot());
    Serving known = obeying(rollout.slot(), epoch);
    requireHealthy(rollout);
    return put(
        rollout.slot(), known, Optional.of(rollout.artifact()), Optional.empty(), Share.NONE);
  }

  @Override
  public Serving shift(Recorded<Decision> permit, Rollout rollout, Share share, Epoch epoch) {
    requirePermit(permit, rollout.slot());
    Serving known = obeying(rollout.slot(), epoch);
    requireHealthy(rollout);
    return put(rollout.slot(), known, known.stable(), Optional.of(rollout.artifact()), share);
  }

  @Override
  public Serving promote(Recorded<Decision> permit, Slot slot, Artifact artifact, Epoch epoch) {
    requirePermit(permit, slot);
    Serving known = obeying(slot, epoch);
    boolean there =
        known.canary().filter(artifact::equals).isPresent()
            || known.stable().filter(artifact::equals).isPresent();
    if (!there) {
      throw new TargetFault(slot + " runs no " + artifact + " to promote");
    }
    return put(slot, known, Optional.of(artifact), Optional.empty(), Share.NONE);
  }

  @Override
  public Serving rollBack(Slot slot, Epoch epoch) {
    Serving known = obeying(slot, epoch);
    return put(slot, known, known.stable(), Optional.empty(), Share.NONE);
  }

  @Override
  public Optional<Serving> serving(Slot slot) {
    return Optional.ofNullable(slots.get(slot));
  }

  private Serving obeying(Slot slot, Epoch epoch) {
    Serving known = slots.getOrDefault(slot, nothing(slot));
    if (epoch.compareTo(known.epoch()) < 0) {
      throw new TargetFault.StaleEpoch(epoch, known.epoch());
    }
    return new Serving(
        epoch, known.stable(), known.canary(), known.share(), known.endpoint(), Optional.empty());
  }

  private static Serving nothing(Slot slot) {
    return new Serving(
        new Epoch(0, 0),
        Optional.empty(),
        Optional.empty(),
        Share.NONE,
        URI.create("fake://" + slot),
        Optional.empty());
  }

  private void requireHealthy(Rollout rollout) {
    if (unhealthy.contains(rollout.artifact())) {
      throw new TargetFault.Unhealthy(rollout + " did not become healthy");
    }
  }

  private Serving put(
      Slot slot, Serving known, Optional<Artifact> stable, Optional<Artifact> canary, Share share) {
    Optional<URI> canaryEndpoint = canary.map(any -> URI.create(known.endpoint() + "/canary"));
    Serving serving =
        new Serving(known.epoch(), stable, canary, share, known.endpoint(), canaryEndpoint);
    slots.put(slot, serving);
    return serving;
  }

  private static void requirePermit(Recorded<Decision> permit, Slot slot) {
    if (!permit.record().slots().contains(slot)) {
      throw new IllegalArgumentException("the decision does not permit moving " + slot);
    }
  }
}
