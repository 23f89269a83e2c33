package dev.slipway.app.kubernetes;

import dev.slipway.change.Slot;
import dev.slipway.policy.Share;
import dev.slipway.target.Epoch;
import dev.slipway.target.TargetFault;
import java.util.Optional;

/** The steps of a move of one {@code Rollout} under one epoch; each does what is missing. */
final class ArgoMove {
  private static final String SLOT = "slipway.dev/slot";

  private final ArgoApi argo;
  private final Slot slot;
  private final Epoch epoch;

  ArgoMove(ArgoApi argo, Slot slot, Epoch epoch) {
    this.argo = argo;
    this.slot = slot;
    this.epoch = epoch;
  }

  /** Refuses the move if a later epoch was obeyed; else an earlier one is refused from now on. */
  ArgoMove claimed() {
    argo.edit(this::mark);
    return this;
  }

  /** The Rollout is its owner's; that it is this slot's is said on it at the first move. */
  private void mark(ArgoRollout rollout) {
    Names.requireNotStale(rollout.object(), epoch);
    String whose =
        Optional.ofNullable(rollout.object().getMetadata().getAnnotations())
            .map(all -> all.get(SLOT))
            .orElse(slot.toString());
    if (!whose.equals(slot.toString())) {
      throw new TargetFault(
          "Rollout "
              + rollout.object().getMetadata().getName()
              + " is moved as "
              + whose
              + " and is left alone: "
              + slot
              + " needs one of its own");
    }
    Names.mark(rollout.object(), epoch);
    rollout.object().getMetadata().getAnnotations().put(SLOT, slot.toString());
  }

  private void requireCurrent(ArgoRollout rollout) {
    Names.requireNotStale(rollout.object(), epoch);
  }

  /** Lets the Rollout want this image; its controller begins with the first step. */
  void start(String image) {
    if (!argo.get().image().equals(image)) {
      setImage(image);
    }
  }

  private void setImage(String image) {
    argo.edit(
        rollout -> {
          mark(rollout);
          rollout.setImage(image);
        });
  }

  void requireImage(String image) {
    if (!argo.get().image().equals(image)) {
      throw new TargetFault(slot + " runs no canary of " + image + " to promote");
    }
  }

  /**
   * Goes to the step that has the share, and returns when the controller rests there. Nothing is
   * begun if there is no such step.
   */
  void shift(String image, Share share) {
    int step = argo.get().step(share);
    start(image);
    guarded(
        () -> {
          argo.await(ArgoRollout::isObserved, image);
          if (!argo.get().hasCanary()) {
            throw new TargetFault(
                slot + " stably runs " + image + " already: Argo has no canary of the same image");
          }
          if (!argo.get().restsAt(step, share)) {
            argo.patchStatus(
                "{\"pauseConditions\":null,\"currentStepIndex\":" + step + "}",
                this::requireCurrent);
            argo.await(it -> it.restsAt(step, share), image);
          }
        });
  }

  /** Skips all steps that are left; returns when the version is the stable one. */
  void promote() {
    String image = argo.get().image();
    guarded(
        () -> {
          argo.await(it -> it.isObserved() && it.currentHash().isPresent(), image);
          if (argo.get().hasCanary()) {
            argo.patchStatus("{\"promoteFull\":true}", this::requireCurrent);
          }
          argo.await(ArgoRollout::isSettled, image);
        });
  }

  /** A version that does not get ready is taken back before anybody is told. */
  private void guarded(Runnable move) {
    try {
      move.run();
    } catch (TargetFault.Unhealthy e) {
      rollBack();
      throw e;
    }
  }

  /** Sends everybody to the stable version at once, then wants its image again. */
  void rollBack() {
    ArgoRollout now = argo.get();
    Optional<String> stable = now.stableHash().flatMap(argo::imageOf);
    if (stable.isEmpty() || (now.isSettled() && now.image().equals(stable.get()))) {
      return;
    }
    if (now.hasCanary()) {
      argo.patchStatus("{\"abort\":true}", this::requireCurrent);
      argo.await(it -> it.isAborted() || !it.hasCanary(), stable.get());
    }
    if (!argo.get().image().equals(stable.get())) {
      setImage(stable.get());
    }
    argo.await(ArgoRollout::isSettled, stable.get());
  }
}
