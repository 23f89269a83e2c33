package dev.slipway.app.kubernetes;

import dev.slipway.change.Printable;
import dev.slipway.target.TargetFault;
import io.fabric8.kubernetes.api.model.ContainerState;
import io.fabric8.kubernetes.api.model.ContainerStateWaiting;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodCondition;
import io.fabric8.kubernetes.api.model.PodStatus;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentStatus;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

/** Waits until pods are ready, watching them, and says why they are not. */
final class Readiness {
  /** What the container runtime waits for that waiting does not mend. */
  private static final Set<String> HOPELESS =
      Set.of(
          "CrashLoopBackOff",
          "ImagePullBackOff",
          "ErrImageNeverPull",
          "InvalidImageName",
          "CreateContainerError",
          "RunContainerError");

  private static final String DEADLINE_EXCEEDED = "ProgressDeadlineExceeded";

  /** Beyond the deadline that the cluster keeps itself: then it says nothing at all. */
  private static final Duration MARGIN = Duration.ofSeconds(30);

  private final Api api;
  private final Duration limit;

  Readiness(Api api, Duration limit) {
    this.api = api;
    this.limit = limit;
  }

  /**
   * Returns when all pods of the Deployment run the image and are ready.
   *
   * @param pods the labels of its pods
   * @throws TargetFault.Unhealthy if the version is at fault
   */
  void await(String deployment, String image, Map<String, String> pods) {
    CompletableFuture<List<Deployment>> settled =
        api.resource(Deployment.class, deployment)
            .informOnCondition(seen -> seen.stream().anyMatch(it -> isReady(it) || isGivenUp(it)));
    CompletableFuture<List<Pod>> hopeless = whenHopeless(image, pods);
    try {
      CompletableFuture.anyOf(settled, hopeless)
          .get(limit.plus(MARGIN).toMillis(), TimeUnit.MILLISECONDS);
      if (settled.getNow(List.of()).stream().noneMatch(Readiness::isReady)) {
        throw notReady(deployment, image, pods);
      }
    } catch (TimeoutException e) {
      throw new TargetFault(
          deployment
              + " is not ready, and the cluster does not say why: does its Deployment"
              + " controller run?",
          e);
    } catch (ExecutionException | CompletionException | KubernetesClientException e) {
      throw new TargetFault(
          deployment + " cannot be watched: " + Printable.of(String.valueOf(e.getMessage())), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new TargetFault("interrupted while " + deployment + " gets ready", e);
    } finally {
      settled.cancel(true);
      hopeless.cancel(true);
    }
  }

  /** Completes when a container of the image cannot start any more. */
  CompletableFuture<List<Pod>> whenHopeless(String image, Map<String, String> pods) {
    return api.client()
        .pods()
        .inNamespace(api.namespace())
        .withLabels(pods)
        .informOnCondition(seen -> seen.stream().anyMatch(it -> complaint(it, image).isPresent()));
  }

  /** Why the version does not become ready: its own fault, or the cluster's. */
  TargetFault notReady(String workload, String image, Map<String, String> labels) {
    List<Pod> pods =
        api.call(
            "Pods of",
            workload,
            () ->
                api.client()
                    .pods()
                    .inNamespace(api.namespace())
                    .withLabels(labels)
                    .list()
                    .getItems());
    Optional<String> complaint =
        pods.stream().flatMap(pod -> complaint(pod, image).stream()).findFirst();
    if (complaint.isPresent()) {
      return new TargetFault.Unhealthy(workload + " did not become ready: " + complaint.get());
    }
    Optional<String> noRoom = pods.stream().flatMap(pod -> unscheduled(pod).stream()).findFirst();
    if (noRoom.isPresent()) {
      return new TargetFault(
          "the cluster has no room for " + workload + ": " + Printable.of(noRoom.get()));
    }
    return pods.stream()
        .filter(pod -> runs(pod, image))
        .flatMap(pod -> notReady(pod).stream())
        .findFirst()
        .<TargetFault>map(
            last ->
                new TargetFault.Unhealthy(
                    "%s did not become ready within %d s: %s"
                        .formatted(workload, limit.toSeconds(), Printable.of(last))))
        .orElseGet(
            () ->
                new TargetFault(
                    "the cluster made no pod of " + workload + ", or says nothing of it"));
  }

  static boolean isReady(Deployment deployment) {
    int wanted = Optional.ofNullable(deployment.getSpec().getReplicas()).orElse(1);
    return isObserved(deployment)
        && status(deployment)
            .filter(it -> count(it.getUpdatedReplicas()) == wanted)
            .filter(it -> count(it.getReplicas()) == wanted)
            .filter(it -> count(it.getAvailableReplicas()) == wanted)
            .isPresent();
  }

  /** Whether the Deployment has no pods left, as it is to have none. */
  static boolean isGone(Deployment deployment) {
    return isObserved(deployment)
        && count(deployment.getSpec().getReplicas()) == 0
        && status(deployment).filter(it -> count(it.getReplicas()) > 0).isEmpty();
  }

  private static boolean isGivenUp(Deployment deployment) {
    return isObserved(deployment)
        && status(deployment).stream()
            .flatMap(it -> it.getConditions().stream())
            .anyMatch(it -> DEADLINE_EXCEEDED.equals(it.getReason()));
  }

  /** Whether what the status says is about what is wanted now. */
  private static boolean isObserved(Deployment deployment) {
    long wanted = Optional.ofNullable(deployment.getMetadata().getGeneration()).orElse(0L);
    return status(deployment)
        .map(DeploymentStatus::getObservedGeneration)
        .filter(it -> it >= wanted)
        .isPresent();
  }

  private static Optional<DeploymentStatus> status(Deployment deployment) {
    return Optional.ofNullable(deployment.getStatus());
  }

  private static int count(Integer number) {
    return Optional.ofNullable(number).orElse(0);
  }

  /** Why a container of the image cannot start, in the runtime's words. */
  private static Optional<String> complaint(Pod pod, String image) {
    return containers(pod)
        .filter(it -> runs(pod, image))
        .flatMap(it -> waiting(it).map(why -> complaint(it, why)).stream())
        .findFirst();
  }

  private static String complaint(ContainerStatus container, ContainerStateWaiting why) {
    String ended =
        Optional.ofNullable(container.getLastState())
            .map(ContainerState::getTerminated)
            .map(it -> "; it ended with " + it.getExitCode() + " " + text(it.getMessage()))
            .orElse("");
    return Printable.of(
        "container "
            + container.getName()
            + ": "
            + why.getReason()
            + ": "
            + text(why.getMessage())
            + ended);
  }

  private static Optional<ContainerStateWaiting> waiting(ContainerStatus container) {
    return Optional.ofNullable(container.getState())
        .map(ContainerState::getWaiting)
        .filter(it -> HOPELESS.contains(String.valueOf(it.getReason())));
  }

  private static Stream<ContainerStatus> containers(Pod pod) {
    return Optional.ofNullable(pod.getStatus()).stream()
        .flatMap(
            it ->
                Stream.concat(
                    it.getInitContainerStatuses().stream(), it.getContainerStatuses().stream()));
  }

  private static boolean runs(Pod pod, String image) {
    return pod.getSpec().getContainers().stream().anyMatch(it -> image.equals(it.getImage()));
  }

  private static Optional<String> unscheduled(Pod pod) {
    return conditions(pod)
        .filter(it -> "Unschedulable".equals(it.getReason()))
        .map(it -> text(it.getMessage()))
        .findFirst();
  }

  private static Optional<String> notReady(Pod pod) {
    return conditions(pod)
        .filter(it -> "Ready".equals(it.getType()) && !"True".equals(it.getStatus()))
        .map(it -> text(it.getReason()) + " " + text(it.getMessage()))
        .findFirst();
  }

  private static Stream<PodCondition> conditions(Pod pod) {
    return Optional.ofNullable(pod.getStatus()).map(PodStatus::getConditions).stream()
        .flatMap(List::stream);
  }

  private static String text(String text) {
    return Optional.ofNullable(text).orElse("");
  }
}
