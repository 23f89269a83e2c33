package dev.slipway.app.kubernetes;

class KubernetesTargetTest extends KubernetesContract {
  @Override
  ClusterFixture open() {
    return ClusterFixture.mock();
  }
}
