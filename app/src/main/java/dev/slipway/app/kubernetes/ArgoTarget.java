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
import dev.slipway.target.TargetFault;
import java.net.URI;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * A service that an Argo {@code Rollout} of its owner's runs. Of its specification only the image
 * is changed; shares are reached by its own steps, as {@code kubectl argo rollouts} does it: {@code
 * currentStepIndex}, {@code promoteFull} and {@code abort} of its status.
 */
final class ArgoTarget implements DeployTarget {
  private final ArgoApi argo;
  private final Place place;
  private final int port;

  ArgoTarget(ArgoApi argo, Place place, int port) {
    this.argo = argo;
    this.place = place;
    this.port = port;
  }

  @Override
  public Serving install(Recorded<Decision> permit, Rollout rollout, Epoch epoch) {
    String image = image(rollout);
    return moved(
        rollout.slot(),
        epoch,
        move -> {
          move.start(image);
          move.promote();
        });
  }

  @Override
  public Serving shift(Recorded<Decision> permit, Rollout rollout, Share share, Epoch epoch) {
    String image = image(rollout);
    return moved(rollout.slot(), epoch, move -> move.shift(image, share));
  }

  @Override
  public Serving promote(Recorded<Decision> permit, Slot slot, Artifact artifact, Epoch epoch) {
    String image = Images.of(artifact);
    return moved(
        slot,
        epoch,
        move -> {
          move.requireImage(image);
          move.promote();
        });
  }

  @Override
  public Serving rollBack(Slot slot, Epoch epoch) {
    return moved(slot, epoch, ArgoMove::rollBack);
  }

  @Override
  public Optional<Serving> serving(Slot slot) {
    ArgoRollout now = argo.get();
    return Names.isMarked(now.object()) ? Optional.of(serving(slot, now)) : Optional.empty();
  }

  private Serving moved(Slot slot, Epoch epoch, Consumer<ArgoMove> steps) {
    steps.accept(new ArgoMove(argo, slot, epoch).claimed());
    return serving(slot, argo.get());
  }

  private Serving serving(Slot slot, ArgoRollout now) {
    Optional<Artifact> canary = now.hasCanary() ? Images.artifact(now.image()) : Optional.empty();
    return new Serving(
        Names.epoch(now.object()),
        now.stableHash().flatMap(argo::imageOf).flatMap(Images::artifact),
        canary,
        canary.isPresent() ? now.share() : Share.NONE,
        place.endpoint(slot),
        canary
            .flatMap(any -> now.canaryService())
            .map(
                service ->
                    URI.create("http://" + service + "." + argo.namespace() + ".svc:" + port)));
  }

  private static String image(Rollout rollout) {
    if (!rollout.secrets().isEmpty()) {
      throw new TargetFault(
          "an Argo Rollout has a template of its own, which the secrets "
              + rollout.secrets().keySet().stream().sorted().toList()
              + " of "
              + rollout.slot()
              + " cannot be written to: name them there, and take the environment out of their"
              + " 'for' in .slipway.yml");
    }
    return Images.of(rollout);
  }
}
