package dev.slipway.app.kubernetes;

import dev.slipway.change.Artifact;
import dev.slipway.change.Digest;
import dev.slipway.change.Environment;
import dev.slipway.project.Service;
import dev.slipway.target.DeployTarget;
import dev.slipway.target.DeployTargetContract;
import dev.slipway.target.Rollout;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** The target's contract, with Deployments behind an HTTPRoute, on some API server. */
abstract class KubernetesContract extends DeployTargetContract {
  private final Map<String, String> versions = new ConcurrentHashMap<>();
  ClusterFixture server;
  TinyCluster cluster;

  abstract ClusterFixture open();

  @BeforeEach
  void openCluster() {
    server = open();
    cluster = new TinyCluster(server.client(), server.namespace());
  }

  @AfterEach
  void closeCluster() throws Exception {
    if (cluster != null) {
      cluster.close();
      server.close();
    }
  }

  KubernetesSettings settings() {
    return new KubernetesSettings(
        Optional.empty(),
        Map.of(Environment.PRODUCTION, place()),
        Optional.empty(),
        8080,
        Duration.ofSeconds(30),
        Map.of());
  }

  KubernetesSettings.Place place() {
    return new KubernetesSettings.Place(
        Optional.empty(),
        server.namespace(),
        List.of(
            new KubernetesSettings.Gateway("public", Optional.of("edge"), Optional.of("https"))),
        List.of("${service}.example.com"),
        "https://${service}.example.com");
  }

  @Override
  protected DeployTarget target() {
    return Kubernetes.target(server.client(), place(), settings());
  }

  @Override
  protected Rollout version(String name) {
    return version(name, Map.of());
  }

  Rollout version(String name, Map<String, String> secrets) {
    Service.Run run =
        new Service.Run(
            List.of("run-image", "${ARTIFACT}", "serve", "--port=${PORT}", "$HOME"),
            Map.of("GREETING", "hello"),
            "/health",
            2);
    return version(name, run, secrets);
  }

  Rollout version(String name, Service.Run run, Map<String, String> secrets) {
    Artifact.OciImage image =
        new Artifact.OciImage(
            "registry.example.com/" + name, Digest.of(name.getBytes(StandardCharsets.UTF_8)));
    versions.put(Images.of(image), name);
    return new Rollout(SLOT, image, run, List.of(), secrets);
  }

  @Override
  protected Rollout broken() {
    return version("broken");
  }

  @Override
  protected String answer(URI endpoint) {
    String host = endpoint.getHost();
    String image =
        host.endsWith(".svc")
            ? cluster.throughService(host.substring(0, host.indexOf('.')))
            : cluster.throughRoute(SLOT.service().value());
    return versions.get(image);
  }
}
