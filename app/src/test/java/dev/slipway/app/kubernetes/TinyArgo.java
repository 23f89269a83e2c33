package dev.slipway.app.kubernetes;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.GenericKubernetesResourceBuilder;
import io.fabric8.kubernetes.api.model.OwnerReferenceBuilder;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.apps.ReplicaSetBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.MixedOperation;
import io.fabric8.kubernetes.client.dsl.NonNamespaceOperation;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/**
 * As much of Argo's controller as its documentation and source say of canaries with traffic
 * routing: steps, pauses, full promotion, abortion, and that going back to the stable template
 * skips steps.
 */
final class TinyArgo implements AutoCloseable {
  static final String NAME = "greeter-rollout";
  private static final String HASH = "rollouts-pod-template-hash";

  private final KubernetesClient client;
  private final String namespace;
  private final ExecutorService work = Executors.newSingleThreadExecutor();
  private final Queue<RuntimeException> failures = new ConcurrentLinkedQueue<>();
  private final AutoCloseable watch;

  TinyArgo(KubernetesClient client, String namespace) {
    this.client = client;
    this.namespace = namespace;
    this.watch =
        rollouts()
            .inform(
                new ResourceEventHandler<>() {
                  @Override
                  public void onAdd(GenericKubernetesResource object) {
                    submit();
                  }

                  @Override
                  public void onUpdate(
                      GenericKubernetesResource before, GenericKubernetesResource object) {
                    submit();
                  }

                  @Override
                  public void onDelete(GenericKubernetesResource object, boolean unknown) {
                    submit();
                  }
                });
  }

  private NonNamespaceOperation<GenericKubernetesResource, ?, Resource<GenericKubernetesResource>>
      rollouts() {
    MixedOperation<GenericKubernetesResource, ?, Resource<GenericKubernetesResource>> all =
        client.genericKubernetesResources(
            new ResourceDefinitionContext.Builder()
                .withGroup("argoproj.io")
                .withVersion("v1alpha1")
                .withKind("Rollout")
                .withPlural("rollouts")
                .withNamespaced(true)
                .build());
    return all.inNamespace(namespace);
  }

  /** A Rollout of somebody's, on an image that has a tag. */
  void create(List<Map<String, Object>> steps, Map<String, Object> trafficRouting) {
    Map<String, Object> canary = new HashMap<>();
    canary.put("canaryService", "greeter-canary");
    canary.put("stableService", "greeter-stable");
    canary.put("steps", steps);
    if (!trafficRouting.isEmpty()) {
      canary.put("trafficRouting", trafficRouting);
    }
    Map<String, Object> container = Map.of("name", "greeter", "image", "registry.example.com/g:1");
    Map<String, Object> spec =
        Map.of(
            "selector",
            Map.of("matchLabels", Map.of("app", "greeter")),
            "strategy",
            Map.of("canary", canary),
            "template",
            Map.of("spec", Map.of("containers", List.of(container))));
    rollouts()
        .resource(
            new GenericKubernetesResourceBuilder()
                .withApiVersion("argoproj.io/v1alpha1")
                .withKind("Rollout")
                .withNewMetadata()
                .withName(NAME)
                .endMetadata()
                .addToAdditionalProperties("spec", spec)
                .build())
        .create();
  }

  GenericKubernetesResource get() {
    return rollouts().withName(NAME).get();
  }

  private void submit() {
    if (!work.isShutdown()) {
      work.execute(
          () -> {
            try {
              reconcile(get());
            } catch (KubernetesClientException e) {
              if (e.getCode() == 409) {
                submit();
              } else {
                failures.add(e);
              }
            }
          });
    }
  }

  private void reconcile(GenericKubernetesResource rollout) {
    List<Map<String, Object>> containers = rollout.get("spec", "template", "spec", "containers");
    String image = String.valueOf(containers.getFirst().get("image"));
    String hash = Integer.toHexString(image.hashCode());
    Map<String, Object> old = rollout.get("status");
    Map<String, Object> status = new HashMap<>(old == null ? Map.of() : old);
    ensurePods(hash, image);
    List<Map<String, Object>> steps = rollout.get("spec", "strategy", "canary", "steps");
    if (!hash.equals(status.put("currentPodHash", hash))) {
      status.keySet().removeAll(List.of("pauseConditions", "abort", "promoteFull"));
      status.put("currentStepIndex", 0);
    }
    status.putIfAbsent("stableRS", hash);
    boolean ready = !image.contains("broken");
    if (Boolean.TRUE.equals(status.get("promoteFull")) && ready) {
      status.remove("promoteFull");
      status.put("stableRS", hash);
    }
    status.put("observedGeneration", String.valueOf(rollout.getMetadata().getGeneration()));
    if (hash.equals(status.get("stableRS"))) {
      status.remove("pauseConditions");
      status.remove("abort");
      status.put("currentStepIndex", steps.size());
      weigh(status, 0);
      status.put("phase", "Healthy");
    } else if (Boolean.TRUE.equals(status.get("abort"))) {
      weigh(status, 0);
      status.put("phase", "Degraded");
      status.put("message", "RolloutAborted: Rollout aborted update");
    } else if (ready) {
      step(status, steps);
    }
    if (!status.equals(old)) {
      rollout.setAdditionalProperty("status", status);
      rollouts().resource(rollout).updateStatus();
    }
  }

  private static void step(Map<String, Object> status, List<Map<String, Object>> steps) {
    int index = ((Number) status.get("currentStepIndex")).intValue();
    while (index < steps.size() && steps.get(index).get("setWeight") instanceof Number weight) {
      weigh(status, weight.intValue());
      index++;
    }
    status.put("currentStepIndex", index);
    status.put("pauseConditions", List.of(Map.of("reason", "CanaryPauseStep")));
    status.put("phase", "Paused");
  }

  private static void weigh(Map<String, Object> status, int canary) {
    status.put(
        "canary",
        Map.of(
            "weights",
            Map.of("canary", Map.of("weight", canary), "stable", Map.of("weight", 100 - canary))));
  }

  private void ensurePods(String hash, String image) {
    if (client.apps().replicaSets().inNamespace(namespace).withName(hash).get() != null) {
      return;
    }
    PodBuilder pod =
        new PodBuilder()
            .withNewMetadata()
            .withName(NAME + "-" + hash)
            .addToLabels("app", "greeter")
            .addToLabels(HASH, hash)
            .endMetadata()
            .withNewSpec()
            .addNewContainer()
            .withName("greeter")
            .withImage(image)
            .endContainer()
            .endSpec();
    client
        .apps()
        .replicaSets()
        .inNamespace(namespace)
        .resource(
            new ReplicaSetBuilder()
                .withNewMetadata()
                .withName(hash)
                .addToLabels(HASH, hash)
                .withOwnerReferences(
                    new OwnerReferenceBuilder().withKind("Rollout").withName(NAME).build())
                .endMetadata()
                .withNewSpec()
                .withNewTemplate()
                .withSpec(pod.buildSpec())
                .endTemplate()
                .endSpec()
                .build())
        .create();
    client.pods().inNamespace(namespace).resource(pod.build()).create();
    client
        .pods()
        .inNamespace(namespace)
        .resource(pod.withStatus(TinyCluster.status(image)).build())
        .updateStatus();
  }

  /** The image of the pods of this hash. */
  String image(String hash) {
    return client
        .apps()
        .replicaSets()
        .inNamespace(namespace)
        .withName(hash)
        .get()
        .getSpec()
        .getTemplate()
        .getSpec()
        .getContainers()
        .getFirst()
        .getImage();
  }

  @Override
  public void close() throws Exception {
    watch.close();
    work.shutdown();
    work.awaitTermination(30, TimeUnit.SECONDS);
    if (!failures.isEmpty()) {
      throw failures.peek();
    }
  }
}
