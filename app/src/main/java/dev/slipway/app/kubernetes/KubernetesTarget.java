package dev.slipway.app.kubernetes;

import dev.slipway.app.kubernetes.KubernetesSettings.Place;
import dev.slipway.audit.AuditRecord.Decision;
import dev.slipway.audit.Recorded;
import dev.slipway.change.Artifact;
import dev.slipway.change.Slot;
import dev.slipway.policy.Share;
import dev.slipway.target.DeployTarget;
import dev.slipway.target.Epoch;
import dev.slipway.target.Rollout;
import dev.slipway.target.Serving;
import java.util.Optional;

/** One environment in a cluster: what decisions permit, as Deployments or as Argo Rollouts. */
final class KubernetesTarget implements DeployTarget {
  private final Api api;
  private final Place place;
  private final KubernetesSettings settings;

  KubernetesTarget(Api api, Place place, KubernetesSettings settings) {
    this.api = api;
    this.place = place;
    this.settings = settings;
  }

  @Override
  public Serving install(Recorded<Decision> permit, Rollout rollout, Epoch epoch) {
    requirePermit(permit, rollout.slot());
    return of(rollout.slot()).install(permit, rollout, epoch);
  }

  @Override
  public Serving shift(Recorded<Decision> permit, Rollout rollout, Share share, Epoch epoch) {
    requirePermit(permit, rollout.slot());
    return of(rollout.slot()).shift(permit, rollout, share, epoch);
  }

  @Override
  public Serving promote(Recorded<Decision> permit, Slot slot, Artifact artifact, Epoch epoch) {
    requirePermit(permit, slot);
    return of(slot).promote(permit, slot, artifact, epoch);
  }

  @Override
  public Serving rollBack(Slot slot, Epoch epoch) {
    return of(slot).rollBack(slot, epoch);
  }

  @Override
  public Optional<Serving> serving(Slot slot) {
    return of(slot).serving(slot);
  }

  private DeployTarget of(Slot slot) {
    return Optional.ofNullable(settings.argoRollouts().get(slot.service()))
        .<DeployTarget>map(
            name ->
                new ArgoTarget(
                    new ArgoApi(api, KubernetesSettings.filled(name, slot), settings.readyWithin()),
                    place,
                    settings.port()))
        .orElseGet(() -> new TrackTarget(api, place, settings));
  }

  /** A decision permits moving the places it names, and no other. */
  private static void requirePermit(Recorded<Decision> permit, Slot slot) {
    if (!permit.record().slots().contains(slot)) {
      throw new IllegalArgumentException(
          "the recorded decision " + permit.record().key() + " does not permit moving " + slot);
    }
  }
}
