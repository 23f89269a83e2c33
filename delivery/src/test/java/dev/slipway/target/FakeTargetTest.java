package dev.slipway.target;

import dev.slipway.change.Artifact;
import dev.slipway.change.Digest;
import dev.slipway.policy.Share;
import dev.slipway.project.Service;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;

class FakeTargetTest extends DeployTargetContract {
  private final FakeTarget fake = new FakeTarget();
  private int asked;

  @Override
  protected DeployTarget target() {
    return fake;
  }

  @Override
  protected Rollout version(String name) {
    Artifact artifact = new Artifact.File(Digest.of(name.getBytes(StandardCharsets.UTF_8)), name);
    Service.Run run = new Service.Run(List.of("true"), Map.of(), "/health", 1);
    return new Rollout(SLOT, artifact, run, List.of(), Map.of());
  }

  @Override
  protected Rollout broken() {
    Rollout broken = version("broken");
    fake.isUnhealthy(broken.artifact());
    return broken;
  }

  /** Every request in turn, as a router would spread them. */
  @Override
  protected String answer(URI endpoint) {
    Serving serving = fake.serving(SLOT).orElseThrow();
    boolean canary =
        endpoint.toString().endsWith("/canary")
            || serving.share().equals(Share.ALL)
            || (serving.share().compareTo(Share.NONE) > 0 && asked++ % 2 == 0);
    Optional<Artifact> artifact = canary ? serving.canary() : serving.stable();
    return ((Artifact.File) artifact.orElseThrow()).name();
  }
}
