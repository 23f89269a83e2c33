package dev.slipway.app.kubernetes;

import static org.junit.jupiter.api.Assumptions.abort;

import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.server.mock.KubernetesMockServer;
import io.fabric8.mockwebserver.Context;
import io.fabric8.mockwebserver.MockWebServer;
import java.io.File;
import java.util.HashMap;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;

/** An API server with a namespace of the test's own. */
final class ClusterFixture implements AutoCloseable {
  private static final Logger REQUESTS = Logger.getLogger(MockWebServer.class.getName());

  private final KubernetesClient client;
  private final String namespace;
  private final AutoCloseable server;

  private ClusterFixture(KubernetesClient client, String namespace, AutoCloseable server) {
    this.client = client;
    this.namespace = namespace;
    this.server = server;
  }

  /** The client's own CRUD server. */
  static ClusterFixture mock() {
    REQUESTS.setLevel(Level.WARNING);
    KubernetesMockServer mock =
        new KubernetesMockServer(
            new Context(), new MockWebServer(), new HashMap<>(), new AppliedByMerge(), false);
    mock.start();
    Config config =
        new ConfigBuilder(Config.empty()).withMasterUrl(mock.url("/")).withHttp2Disable(true).build();
    return new ClusterFixture(
        new KubernetesClientBuilder().withConfig(config).build(), "shop", mock::shutdown);
  }

  /** The API server that {@code $KUBECONFIG} names; no machine must have one. */
  static ClusterFixture named() {
    String kubeconfig = System.getenv("KUBECONFIG");
    if (kubeconfig == null || kubeconfig.isBlank()) {
      abort("KUBECONFIG names no API server");
    }
    KubernetesClient client =
        new KubernetesClientBuilder()
            .withConfig(Config.fromKubeconfig(new File(kubeconfig)))
            .build();
    requireRoutes(client);
    String namespace = "slipway-test-" + UUID.randomUUID();
    client
        .namespaces()
        .resource(
            new NamespaceBuilder().withNewMetadata().withName(namespace).endMetadata().build())
        .create();
    return new ClusterFixture(
        client, namespace, () -> client.namespaces().withName(namespace).delete());
  }

  /** An API server by itself has no Gateway API. */
  private static void requireRoutes(KubernetesClient client) {
    CustomResourceDefinition routes =
        client
            .apiextensions()
            .v1()
            .customResourceDefinitions()
            .load(ClusterFixture.class.getResourceAsStream("httproute-crd.yaml"))
            .item();
    var there =
        client
            .apiextensions()
            .v1()
            .customResourceDefinitions()
            .withName(routes.getMetadata().getName());
    if (there.get() == null) {
      client.resource(routes).create();
    }
    there.waitUntilCondition(
        it ->
            it.getStatus() != null
                && it.getStatus().getConditions().stream()
                    .anyMatch(
                        said ->
                            said.getType().equals("Established")
                                && said.getStatus().equals("True")),
        30,
        TimeUnit.SECONDS);
  }

  KubernetesClient client() {
    return client;
  }

  String namespace() {
    return namespace;
  }

  @Override
  public void close() throws Exception {
    server.close();
    client.close();
  }
}
