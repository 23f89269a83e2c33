package dev.slipway.app.kubernetes;

/** The same on the API server that {@code $KUBECONFIG} names, which has to have no nodes. */
class KubernetesApiServerTest extends KubernetesContract {
  @Override
  ClusterFixture open() {
    return ClusterFixture.named();
  }
}
