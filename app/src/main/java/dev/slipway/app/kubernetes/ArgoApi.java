package dev.slipway.app.kubernetes;

import dev.slipway.target.TargetFault;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.apps.ReplicaSet;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.Predicate;

/** One Argo {@code Rollout}: read, changed against what was read, and watched. */
final class ArgoApi {
  private static final String KIND = "Rollout";
  private static final String HASH = "rollouts-pod-template-hash";
  private static final ResourceDefinitionContext ROLLOUTS =
      new ResourceDefinitionContext.Builder()
          .withGroup("argoproj.io")
          .withVersion("v1alpha1")
          .withKind(KIND)
          .withPlural("rollouts")
          .withNamespaced(true)
          .build();

  private final Api api;
  private final Readiness readiness;
  private final String name;
  private final Duration limit;

  ArgoApi(Api api, String name, Duration limit) {
    this.api = api;
    this.readiness = new Readiness(api, limit);
    this.name = name;
    this.limit = limit;
  }

  String namespace() {
    return api.namespace();
  }

  private Resource<GenericKubernetesResource> resource() {
    return api.client()
        .genericKubernetesResources(ROLLOUTS)
        .inNamespace(api.namespace())
        .withName(name);
  }

  ArgoRollout get() {
    return api.call(KIND, name, () -> Optional.ofNullable(resource().get()))
        .map(ArgoRollout::new)
        .orElseThrow(
            () ->
                new TargetFault(
                    "there is no Rollout "
                        + api.namespace()
                        + "/"
                        + name
                        + ": make it, or take it out of production.kubernetes.argo_rollouts"));
  }

  /**
   * Changes the Rollout that was looked at and no other: if somebody writes in between, it is
   * looked at again.
   */
  void edit(Consumer<ArgoRollout> change) {
    api.retried(
        KIND,
        name,
        () -> {
          ArgoRollout now = get();
          change.accept(now);
          return Optional.of(
              api.client()
                  .genericKubernetesResources(ROLLOUTS)
                  .inNamespace(api.namespace())
                  .resource(now.object())
                  .update());
        });
  }

  /**
   * Merges into its status, as far as {@code allowed} does not throw.
   *
   * @param status a JSON merge patch
   */
  void patchStatus(String status, Consumer<ArgoRollout> allowed) {
    api.retried(
        KIND,
        name,
        () -> {
          ArgoRollout now = get();
          allowed.accept(now);
          String version = now.object().getMetadata().getResourceVersion();
          String patch =
              "{\"metadata\":{\"resourceVersion\":\"" + version + "\"},\"status\":" + status + "}";
          return Optional.of(
              resource().subresource("status").patch(PatchContext.of(PatchType.JSON_MERGE), patch));
        });
  }

  /**
   * Waits until the Rollout is so.
   *
   * @param image the version that is at fault if it never is
   */
  void await(Predicate<ArgoRollout> so, String image) {
    Predicate<ArgoRollout> ended = it -> so.test(it) || it.isDegraded();
    CompletableFuture<List<GenericKubernetesResource>> reached =
        resource().informOnCondition(seen -> seen.stream().map(ArgoRollout::new).anyMatch(ended));
    CompletableFuture<?> hopeless = readiness.whenHopeless(image, labels());
    try {
      CompletableFuture.anyOf(reached, hopeless).get(limit.toMillis(), TimeUnit.MILLISECONDS);
      if (!so.test(get())) {
        throw readiness.notReady(KIND + " " + name + " (" + get().state() + ")", image, labels());
      }
    } catch (TimeoutException e) {
      throw new TargetFault(
          KIND
              + " "
              + api.namespace()
              + "/"
              + name
              + " is not there after "
              + limit.toSeconds()
              + " s: "
              + get().state(),
          e);
    } catch (ExecutionException e) {
      throw new TargetFault(KIND + " " + name + " cannot be watched", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new TargetFault("interrupted while " + KIND + " " + name + " moves", e);
    } finally {
      reached.cancel(true);
      hopeless.cancel(true);
    }
  }

  /** The labels of its pods, as its selector says. */
  private Map<String, String> labels() {
    return Optional.ofNullable(
            get().object().<Map<String, String>>get("spec", "selector", "matchLabels"))
        .orElse(Map.of());
  }

  /** The image of the pods of this hash. */
  Optional<String> imageOf(String hash) {
    return api
        .call(
            "ReplicaSets of Rollout",
            name,
            () ->
                api.client()
                    .apps()
                    .replicaSets()
                    .inNamespace(api.namespace())
                    .withLabel(HASH, hash)
                    .list()
                    .getItems())
        .stream()
        .filter(this::isOurs)
        .findFirst()
        .map(set -> get().imageIn(set.getSpec().getTemplate()));
  }

  private boolean isOurs(ReplicaSet set) {
    return set.getMetadata().getOwnerReferences().stream()
        .anyMatch(owner -> KIND.equals(owner.getKind()) && name.equals(owner.getName()));
  }
}
