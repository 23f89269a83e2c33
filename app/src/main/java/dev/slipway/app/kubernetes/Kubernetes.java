package dev.slipway.app.kubernetes;

import dev.slipway.app.kubernetes.KubernetesSettings.Place;
import dev.slipway.change.Environment;
import dev.slipway.target.DeployTarget;
import dev.slipway.target.Targets;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The environments that are in clusters. Opening asks no cluster anything. */
public final class Kubernetes implements Targets, AutoCloseable {
  /** A move is tried again by who wanted it; here only what a moment mends. */
  private static final int RETRIES = 3;

  private final Map<Environment, DeployTarget> targets = new HashMap<>();
  private final List<KubernetesClient> clients = new ArrayList<>();

  private Kubernetes() {}

  /**
   * Opens them.
   *
   * @throws IllegalArgumentException if the kubeconfig cannot be read
   */
  public static Kubernetes open(KubernetesSettings settings) {
    Kubernetes opened = new Kubernetes();
    Map<Optional<String>, KubernetesClient> byContext = new HashMap<>();
    settings
        .places()
        .forEach(
            (environment, place) -> {
              KubernetesClient client =
                  byContext.computeIfAbsent(
                      place.context(), context -> opened.client(settings, context));
              opened.targets.put(environment, target(client, place, settings));
            });
    return opened;
  }

  /** The target of one place of a cluster. */
  static DeployTarget target(KubernetesClient client, Place place, KubernetesSettings settings) {
    return new KubernetesTarget(new Api(client, place.namespace()), place, settings);
  }

  private KubernetesClient client(KubernetesSettings settings, Optional<String> context) {
    Config found =
        settings
            .kubeconfig()
            .map(path -> config(path, context))
            .orElseGet(() -> Config.autoConfigure(context.orElse(null)));
    KubernetesClient client =
        new KubernetesClientBuilder()
            .withConfig(new ConfigBuilder(found).withRequestRetryBackoffLimit(RETRIES).build())
            .build();
    clients.add(client);
    return client;
  }

  private static Config config(Path kubeconfig, Optional<String> context) {
    if (!Files.isReadable(kubeconfig)) {
      throw new IllegalArgumentException(
          "production.kubernetes.kubeconfig: " + kubeconfig + " cannot be read");
    }
    return Config.fromKubeconfig(context.orElse(null), kubeconfig.toFile());
  }

  /** Whether the environment is in a cluster. */
  public boolean serves(Environment environment) {
    return targets.containsKey(environment);
  }

  @Override
  public DeployTarget in(Environment environment) {
    DeployTarget target = targets.get(environment);
    if (target == null) {
      throw new IllegalArgumentException(
          "no cluster is known for "
              + environment
              + ": set production.kubernetes.environments."
              + environment);
    }
    return target;
  }

  @Override
  public void close() {
    clients.forEach(KubernetesClient::close);
  }
}
