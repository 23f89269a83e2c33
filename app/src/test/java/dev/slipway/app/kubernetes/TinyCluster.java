package dev.slipway.app.kubernetes;

import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.ConditionBuilder;
import io.fabric8.kubernetes.api.model.ContainerStatusBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.PodCondition;
import io.fabric8.kubernetes.api.model.PodConditionBuilder;
import io.fabric8.kubernetes.api.model.PodStatus;
import io.fabric8.kubernetes.api.model.PodStatusBuilder;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import io.fabric8.kubernetes.api.model.apps.DeploymentCondition;
import io.fabric8.kubernetes.api.model.apps.DeploymentConditionBuilder;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.HTTPBackendRef;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.HTTPRoute;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.HTTPRouteBuilder;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.RouteParentStatusBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/**
 * What an API server alone does not do, by hand and as little as a Deployment needs: pods are made
 * and ended, become ready, and a Gateway accepts routes. An image that is called broken cannot be
 * pulled. One thread does all of it, told by watches.
 */
final class TinyCluster implements AutoCloseable {
  static final String COMPLAINT = "Back-off pulling image: not found in registry";

  private final KubernetesClient client;
  private final String namespace;
  private final ExecutorService work = Executors.newSingleThreadExecutor();
  private final List<AutoCloseable> watches = new ArrayList<>();
  private final Queue<RuntimeException> failures = new ConcurrentLinkedQueue<>();
  private final Random dice = new Random(1);

  TinyCluster(KubernetesClient client, String namespace) {
    this.client = client;
    this.namespace = namespace;
    watches.add(
        client.apps().deployments().inNamespace(namespace).inform(told(it -> reconcileAll())));
    watches.add(
        client
            .pods()
            .inNamespace(namespace)
            .inform(
                told(
                    pod -> {
                      start(pod);
                      reconcileAll();
                    })));
    watches.add(
        client.resources(HTTPRoute.class).inNamespace(namespace).inform(told(this::accept)));
  }

  private interface Work<T> {
    void on(T object);
  }

  private <T> ResourceEventHandler<T> told(Work<T> work) {
    return new ResourceEventHandler<>() {
      @Override
      public void onAdd(T object) {
        submit(() -> work.on(object));
      }

      @Override
      public void onUpdate(T before, T object) {
        submit(() -> work.on(object));
      }

      @Override
      public void onDelete(T object, boolean unknown) {
        submit(TinyCluster.this::reconcileAll);
      }
    };
  }

  private void submit(Runnable task) {
    if (work.isShutdown()) {
      return;
    }
    work.execute(
        () -> {
          try {
            task.run();
          } catch (KubernetesClientException e) {
            // Somebody wrote in between, or removed it: a later event says what is so.
            if (e.getCode() == 409) {
              submit(task);
            } else if (e.getCode() != 404 && !work.isShutdown()) {
              failures.add(e);
            }
          }
        });
  }

  private void reconcileAll() {
    client.apps().deployments().inNamespace(namespace).list().getItems().forEach(this::reconcile);
  }

  private void reconcile(Deployment deployment) {
    int wanted = deployment.getSpec().getReplicas();
    String image = Workloads.image(deployment);
    List<Pod> pods = pods(deployment.getSpec().getSelector().getMatchLabels());
    List<Pod> fresh = pods.stream().filter(pod -> image.equals(image(pod))).toList();
    for (int i = fresh.size(); i < wanted; i++) {
      client.pods().inNamespace(namespace).resource(pod(deployment)).create();
    }
    long ready = fresh.stream().filter(TinyCluster::isReady).count();
    if (ready >= wanted) {
      pods.stream().filter(pod -> !fresh.contains(pod)).forEach(this::end);
      fresh.stream().skip(wanted).forEach(this::end);
    }
    int all = Math.max(pods.size(), wanted);
    Deployment next =
        new DeploymentBuilder(deployment)
            .withNewStatus()
            .withObservedGeneration(deployment.getMetadata().getGeneration())
            .withReplicas(ready >= wanted ? wanted : all)
            .withUpdatedReplicas(Math.min(fresh.size(), wanted))
            .withReadyReplicas((int) Math.min(ready, wanted))
            .withAvailableReplicas((int) Math.min(ready, wanted))
            .withConditions(isKnown(fresh, wanted) ? givenUp(image) : List.of())
            .endStatus()
            .build();
    if (!next.getStatus().equals(deployment.getStatus())) {
      client.apps().deployments().inNamespace(namespace).resource(next).updateStatus();
    }
  }

  /** Whether there is something to say of all its pods. */
  private static boolean isKnown(List<Pod> pods, int wanted) {
    return pods.size() >= wanted
        && pods.stream()
            .allMatch(pod -> pod.getStatus() != null && pod.getStatus().getPhase() != null);
  }

  /** The deadline is over at once. */
  private static List<DeploymentCondition> givenUp(String image) {
    return image.contains("slow") || image.contains("noroom")
        ? List.of(
            new DeploymentConditionBuilder()
                .withType("Progressing")
                .withStatus("False")
                .withReason("ProgressDeadlineExceeded")
                .build())
        : List.of();
  }

  private void end(Pod pod) {
    client.pods().inNamespace(namespace).withName(pod.getMetadata().getName()).delete();
  }

  private static Pod pod(Deployment of) {
    return new PodBuilder()
        .withNewMetadata()
        .withName(of.getMetadata().getName() + "-" + UUID.randomUUID().toString().substring(0, 8))
        .withLabels(of.getSpec().getTemplate().getMetadata().getLabels())
        .endMetadata()
        .withSpec(of.getSpec().getTemplate().getSpec())
        .build();
  }

  /** As a node would, once. */
  private void start(Pod pod) {
    Pod now = client.pods().inNamespace(namespace).withName(pod.getMetadata().getName()).get();
    boolean started =
        now != null
            && now.getStatus() != null
            && !(now.getStatus().getConditions().isEmpty()
                && now.getStatus().getContainerStatuses().isEmpty());
    if (now != null && !started) {
      client
          .pods()
          .inNamespace(namespace)
          .resource(new PodBuilder(now).withStatus(status(image(now))).build())
          .updateStatus();
    }
  }

  static PodStatus status(String image) {
    PodStatusBuilder status = new PodStatusBuilder();
    if (image.contains("broken")) {
      return status
          .withPhase("Pending")
          .addToContainerStatuses(
              new ContainerStatusBuilder()
                  .withName(Workloads.CONTAINER)
                  .withImage(image)
                  .withImageID("")
                  .withReady(false)
                  .withRestartCount(0)
                  .withNewState()
                  .withNewWaiting(COMPLAINT, "ImagePullBackOff")
                  .endState()
                  .build())
          .build();
    }
    if (image.contains("noroom")) {
      return status
          .withPhase("Pending")
          .addToConditions(
              condition("PodScheduled", "False", "Unschedulable", "0/3 nodes: Insufficient cpu"))
          .build();
    }
    return status
        .withPhase("Running")
        .addToConditions(
            image.contains("slow")
                ? condition("Ready", "False", "ContainersNotReady", "unready: [app]")
                : condition("Ready", "True", "", ""))
        .build();
  }

  private static PodCondition condition(String type, String status, String reason, String said) {
    return new PodConditionBuilder()
        .withType(type)
        .withStatus(status)
        .withReason(reason)
        .withMessage(said)
        .build();
  }

  private void accept(HTTPRoute seen) {
    HTTPRoute route =
        client
            .resources(HTTPRoute.class)
            .inNamespace(namespace)
            .withName(seen.getMetadata().getName())
            .get();
    long generation = route.getMetadata().getGeneration();
    HTTPRoute next =
        new HTTPRouteBuilder(route)
            .editOrNewStatus()
            .withParents(
                route.getSpec().getParentRefs().stream()
                    .map(
                        parent ->
                            new RouteParentStatusBuilder()
                                .withControllerName("example.com/tiny")
                                .withParentRef(parent)
                                .withConditions(
                                    holds("Accepted", generation),
                                    holds("ResolvedRefs", generation))
                                .build())
                    .toList())
            .endStatus()
            .build();
    boolean said =
        route.getStatus() != null
            && route.getStatus().getParents().size() == next.getStatus().getParents().size()
            && route.getStatus().getParents().stream()
                .flatMap(it -> it.getConditions().stream())
                .allMatch(it -> it.getObservedGeneration() == generation);
    if (!said) {
      client.resources(HTTPRoute.class).inNamespace(namespace).resource(next).updateStatus();
    }
  }

  private static Condition holds(String type, long generation) {
    return new ConditionBuilder()
        .withType(type)
        .withStatus("True")
        .withReason(type)
        .withMessage("")
        .withObservedGeneration(generation)
        .withLastTransitionTime(Instant.EPOCH.toString())
        .build();
  }

  /** The image of the pod that answers a request which comes by the route. */
  String throughRoute(String name) {
    return throughService(backend(name));
  }

  /** The Service that a request goes to which comes by the route, by its weights. */
  String backend(String name) {
    HTTPRoute route = client.resources(HTTPRoute.class).inNamespace(namespace).withName(name).get();
    if (route.getSpec().getParentRefs().isEmpty()) {
      throw new AssertionError("no Gateway knows of the route " + name);
    }
    List<HTTPBackendRef> backends = route.getSpec().getRules().getFirst().getBackendRefs();
    int drawn = dice.nextInt(backends.stream().mapToInt(HTTPBackendRef::getWeight).sum());
    for (HTTPBackendRef backend : backends) {
      drawn -= backend.getWeight();
      if (drawn < 0) {
        return backend.getName();
      }
    }
    throw new AssertionError("weights");
  }

  /** The image of a ready pod that the Service selects. */
  String throughService(String name) {
    Service service = client.services().inNamespace(namespace).withName(name).get();
    List<Pod> ready =
        pods(service.getSpec().getSelector()).stream().filter(TinyCluster::isReady).toList();
    return image(ready.get(dice.nextInt(ready.size())));
  }

  List<Pod> pods(Map<String, String> labels) {
    return client.pods().inNamespace(namespace).withLabels(labels).list().getItems();
  }

  private static boolean isReady(Pod pod) {
    return pod.getStatus() != null
        && pod.getStatus().getConditions().stream()
            .anyMatch(it -> it.getType().equals("Ready") && it.getStatus().equals("True"));
  }

  private static String image(Pod pod) {
    return pod.getSpec().getContainers().getFirst().getImage();
  }

  @Override
  public void close() throws Exception {
    for (AutoCloseable watch : watches) {
      watch.close();
    }
    work.shutdown();
    work.awaitTermination(30, TimeUnit.SECONDS);
    if (!failures.isEmpty()) {
      throw failures.peek();
    }
  }
}
