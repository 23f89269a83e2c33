package dev.slipway.app.kubernetes;

import dev.slipway.change.Printable;
import dev.slipway.policy.Share;
import dev.slipway.target.TargetFault;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What an Argo {@code Rollout} (v1alpha1) says. Fields and their meaning are those of <a
 * href="https://argo-rollouts.readthedocs.io/en/stable/features/specification/">its
 * specification</a>.
 */
record ArgoRollout(GenericKubernetesResource object) {
  private static final int PERCENT = 100;

  /** The image that its template wants. */
  String image() {
    return String.valueOf(container().get("image"));
  }

  /** The same Rollout with another image. */
  void setImage(String image) {
    container().put("image", image);
  }

  /** The image that pods of the template run in the container that is deployed. */
  String imageIn(PodTemplateSpec template) {
    Object name = container().get("name");
    return template.getSpec().getContainers().stream()
        .filter(it -> it.getName().equals(name))
        .map(Container::getImage)
        .findFirst()
        .orElseThrow(() -> fault("has a ReplicaSet without the container " + name));
  }

  /** The only container, or the one that is called like the service or {@code app}. */
  private Map<String, Object> container() {
    List<Map<String, Object>> containers =
        this.<List<Map<String, Object>>>at("spec", "template", "spec", "containers")
            .orElseThrow(
                () -> fault("has no spec.template with containers; workloadRef is not supported"));
    Object service = object.getMetadata().getName();
    return containers.stream()
        .filter(
            it ->
                containers.size() == 1
                    || Workloads.CONTAINER.equals(it.get("name"))
                    || service.equals(it.get("name")))
        .findFirst()
        .orElseThrow(
            () ->
                fault(
                    "has several containers: call the one to deploy "
                        + Workloads.CONTAINER
                        + " or "
                        + service));
  }

  /**
   * The index of the step that gives the canary this share and is followed by a pause without end.
   */
  int step(Share share) {
    int weight = weight(share);
    List<Map<String, Object>> steps = steps();
    boolean overshoots =
        !steps.isEmpty()
            && steps.getFirst().get("setWeight") instanceof Number first
            && first.intValue() > weight;
    if (overshoots) {
      throw fault("begins with more than " + share + ": order its steps by weight");
    }
    for (int i = 0; i + 1 < steps.size(); i++) {
      boolean weighs = steps.get(i).get("setWeight") instanceof Number n && n.intValue() == weight;
      boolean pauses = steps.get(i + 1).get("pause") instanceof Map<?, ?> pause && pause.isEmpty();
      if (weighs && pauses) {
        return i;
      }
    }
    throw fault(
        "has no step 'setWeight: "
            + weight
            + "' followed by 'pause: {}': add both to spec.strategy.canary.steps for each share of"
            + " the service's ramp");
  }

  private int weight(Share share) {
    if (at("spec", "strategy", "canary", "trafficRouting").isEmpty()) {
      throw fault(
          "has no spec.strategy.canary.trafficRouting: without, a share is only as fine as there"
              + " are pods");
    }
    long max =
        number("spec", "strategy", "canary", "trafficRouting", "maxTrafficWeight")
            .orElse((long) PERCENT);
    long scaled = share.basisPoints() * max;
    if (scaled % Share.ALL.basisPoints() != 0) {
      throw fault("cannot give a canary " + share + ": its weights are parts of " + max);
    }
    return Math.toIntExact(scaled / Share.ALL.basisPoints());
  }

  private List<Map<String, Object>> steps() {
    return this.<List<Map<String, Object>>>at("spec", "strategy", "canary", "steps")
        .orElse(List.of());
  }

  /** What the canary gets by the controller's word. */
  Share share() {
    long max =
        number("spec", "strategy", "canary", "trafficRouting", "maxTrafficWeight")
            .orElse((long) PERCENT);
    long weight = number("status", "canary", "weights", "canary", "weight").orElse(0L);
    return new Share(Math.toIntExact(Share.ALL.basisPoints() * weight / max));
  }

  /** Whether the controller rests at the pause after the step, with its weight in force. */
  boolean restsAt(int step, Share share) {
    boolean paused =
        !this.<List<Object>>at("status", "pauseConditions").orElse(List.of()).isEmpty();
    return isObserved()
        && hasCanary()
        && paused
        && number("status", "currentStepIndex").filter(it -> it == step + 1).isPresent()
        && share().equals(share)
        && !at("status", "canary", "weights", "verified").equals(Optional.of(false));
  }

  /** Whether the controller has seen what is wanted now. It writes the number as a text. */
  boolean isObserved() {
    String seen = this.<Object>at("status", "observedGeneration").map(String::valueOf).orElse("");
    return seen.equals(String.valueOf(object.getMetadata().getGeneration()));
  }

  /** Whether a version that is not the stable one is under way. */
  boolean hasCanary() {
    return stableHash().isPresent() && !currentHash().equals(stableHash());
  }

  /** Whether the only version is the one that the template wants, and healthy. */
  boolean isSettled() {
    return isObserved()
        && stableHash().isPresent()
        && currentHash().equals(stableHash())
        && phase().equals("Healthy");
  }

  boolean isDegraded() {
    return isObserved() && phase().equals("Degraded");
  }

  /** Whether nobody is sent to the canary any more. */
  boolean isAborted() {
    return at("status", "abort").equals(Optional.of(true)) && share().equals(Share.NONE);
  }

  /** The {@code rollouts-pod-template-hash} of the stable pods. */
  Optional<String> stableHash() {
    return this.<String>at("status", "stableRS").filter(it -> !it.isEmpty());
  }

  Optional<String> currentHash() {
    return this.<String>at("status", "currentPodHash").filter(it -> !it.isEmpty());
  }

  Optional<String> canaryService() {
    return at("spec", "strategy", "canary", "canaryService");
  }

  /** What state it is in, for people. */
  String state() {
    return Printable.of(phase() + " " + this.<String>at("status", "message").orElse("")).strip();
  }

  private String phase() {
    return this.<String>at("status", "phase").orElse("");
  }

  private Optional<Long> number(String... path) {
    return this.<Object>at(path)
        .filter(Number.class::isInstance)
        .map(it -> ((Number) it).longValue());
  }

  private <T> Optional<T> at(String... path) {
    return Optional.ofNullable(object.<T>get((Object[]) path));
  }

  private TargetFault fault(String what) {
    return new TargetFault(
        "Rollout "
            + object.getMetadata().getNamespace()
            + "/"
            + object.getMetadata().getName()
            + " "
            + what);
  }
}
