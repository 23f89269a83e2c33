package dev.slipway.app.kubernetes;

import static org.junit.jupiter.api.Assumptions.abort;

import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

/** An API server with a namespace of the test's own. */
final class ClusterFixture implements AutoCloseable {
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
    try {
      return of(new CrudServer());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static ClusterFixture of(CrudServer crud) {
    return new ClusterFixture(client(crud, "cluster"), "shop", crud);
  }

  static KubernetesClient client(CrudServer crud, String userAgent) {
    Config config =
        new ConfigBuilder(Config.empty())
            .withMasterUrl(crud.url())
            .withHttp2Disable(true)
            .withOnlyHttpWatches(true)
            .withUserAgent(userAgent)
            .build();
    return new KubernetesClientBuilder().withConfig(config).build();
  }

  /**
   * The API server that {@code $KUBECONFIG} names, if it is on this machine; no machine must have
   * one. Elsewhere it is somebody's cluster, and a test writes nothing there.
   */
  static ClusterFixture named() {
    String kubeconfig = System.getenv("KUBECONFIG");
    if (kubeconfig == null || kubeconfig.isBlank()) {
      abort("KUBECONFIG names no API server");
    }
    Config config = Config.fromKubeconfig(new File(kubeconfig));
    if (!isHere(config.getMasterUrl())) {
      abort("KUBECONFIG names " + config.getMasterUrl() + ", which is not on this machine");
    }
    KubernetesClient client = new KubernetesClientBuilder().withConfig(config).build();
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

  private static boolean isHere(String url) {
    try {
      return InetAddress.getByName(URI.create(url).getHost()).isLoopbackAddress();
    } catch (UnknownHostException e) {
      return false;
    }
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
