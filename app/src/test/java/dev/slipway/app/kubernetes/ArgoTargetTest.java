package dev.slipway.app.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.audit.Permits;
import dev.slipway.change.Artifact;
import dev.slipway.change.Digest;
import dev.slipway.change.Environment;
import dev.slipway.change.Slot;
import dev.slipway.policy.Share;
import dev.slipway.project.Service;
import dev.slipway.target.DeployTarget;
import dev.slipway.target.DeployTargetContract;
import dev.slipway.target.Epoch;
import dev.slipway.target.Rollout;
import dev.slipway.target.TargetFault;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The target's contract where an Argo Rollout of somebody's runs the service. */
class ArgoTargetTest extends DeployTargetContract {
  private static final List<Map<String, Object>> STEPS =
      List.of(
          Map.of("setWeight", 5),
          Map.of("pause", Map.of()),
          Map.of("setWeight", 50),
          Map.of("pause", Map.of()),
          Map.of("setWeight", 100),
          Map.of("pause", Map.of()));

  private final Map<String, String> versions = new HashMap<>();
  private final Random dice = new Random(1);
  private CrudServer crud;
  private ClusterFixture server;
  private KubernetesClient own;
  private TinyArgo argo;

  @BeforeEach
  void makeRollout() throws IOException {
    crud = new CrudServer();
    server = ClusterFixture.of(crud);
    own = ClusterFixture.client(crud, CrudServer.TARGET);
    argo = new TinyArgo(server.client(), server.namespace());
    argo.create(STEPS, Map.of("plugins", Map.of()));
  }

  @AfterEach
  void close() throws Exception {
    argo.close();
    own.close();
    server.close();
  }

  @Override
  protected DeployTarget target() {
    KubernetesSettings.Place place =
        new KubernetesSettings.Place(
            Optional.empty(),
            server.namespace(),
            List.of(),
            List.of(),
            "https://${service}.example.com");
    return Kubernetes.target(
        own,
        place,
        new KubernetesSettings(
            Optional.empty(),
            Map.of(Environment.PRODUCTION, place),
            Optional.empty(),
            8080,
            Duration.ofSeconds(30),
            Map.of(SLOT.service(), "${service}-rollout")));
  }

  @Override
  protected Rollout version(String name) {
    return version(SLOT, name, Map.of());
  }

  private Rollout version(Slot slot, String name, Map<String, String> secrets) {
    Artifact.OciImage image =
        new Artifact.OciImage(
            "registry.example.com/" + name, Digest.of(name.getBytes(StandardCharsets.UTF_8)));
    versions.put(Images.of(image), name);
    Service.Run run = new Service.Run(List.of("run", "${ARTIFACT}"), Map.of(), "/health", 1);
    return new Rollout(slot, image, run, List.of(), secrets);
  }

  @Override
  protected Rollout broken() {
    return version("broken");
  }

  /** As the controller's word about weights has it. */
  @Override
  protected String answer(URI endpoint) {
    GenericKubernetesResource now = argo.get();
    Integer weight = now.get("status", "canary", "weights", "canary", "weight");
    boolean canary =
        endpoint.getHost().equals("greeter-canary.shop.svc") || dice.nextInt(100) < weight;
    String hash = now.get("status", canary ? "currentPodHash" : "stableRS");
    return versions.get(argo.image(hash));
  }

  @Test
  void theDocumentedRoleHasTheRightsThatAreUsedAndNoOther() throws IOException {
    target().install(Permits.of(SLOT), version("one"), new Epoch(1, 1));
    assertThatThrownBy(
            () -> target().shift(Permits.of(SLOT), broken(), Share.percent(5), new Epoch(1, 2)))
        .isInstanceOf(TargetFault.Unhealthy.class)
        .hasMessageContaining(TinyCluster.COMPLAINT);

    assertThat(crud.rightsUsed())
        .containsExactlyInAnyOrderElementsOf(DocumentedRights.of("rbac-argo.yaml", own));
  }

  @Test
  void ofTheRolloutOnlyTheImageChanges() {
    Map<String, Object> strategy = argo.get().get("spec", "strategy");
    target().install(Permits.of(SLOT), version("one"), new Epoch(1, 1));
    target().shift(Permits.of(SLOT), version("two"), Share.percent(5), new Epoch(1, 2));

    assertThat(argo.get().<Map<String, Object>>get("spec", "strategy")).isEqualTo(strategy);
    assertThat(argo.get().getMetadata().getAnnotations())
        .containsEntry("slipway.dev/slot", "production/greeter")
        .containsEntry("slipway.dev/epoch", "1.2");
  }

  @Test
  void aShareThatItHasNoStepForIsSaidWithTheMend() {
    target().install(Permits.of(SLOT), version("one"), new Epoch(1, 1));

    assertThatThrownBy(
            () ->
                target()
                    .shift(Permits.of(SLOT), version("two"), Share.percent(25), new Epoch(1, 2)))
        .isExactlyInstanceOf(TargetFault.class)
        .hasMessageContainingAll("setWeight: 25", "spec.strategy.canary.steps");
    assertThatThrownBy(
            () ->
                target()
                    .shift(Permits.of(SLOT), version("two"), Share.percent(12.5), new Epoch(1, 3)))
        .hasMessageContaining("parts of 100");
    assertThatThrownBy(
            () ->
                target().shift(Permits.of(SLOT), version("two"), Share.percent(1), new Epoch(1, 4)))
        .hasMessageContaining("begins with more than 1 %");
    assertThat(new ArgoRollout(argo.get()).image()).as("nothing was begun").contains("/one@");
  }

  @Test
  void secretsThatItCannotHandOnAreSaid() {
    assertThatThrownBy(
            () ->
                target()
                    .install(
                        Permits.of(SLOT),
                        version(SLOT, "one", Map.of("TOKEN", "s3cret-value")),
                        new Epoch(1, 1)))
        .isExactlyInstanceOf(TargetFault.class)
        .hasMessageContaining("TOKEN")
        .hasMessageNotContaining("s3cret");
  }

  @Test
  void aRolloutThatIsMovedAsAnotherSlotIsLeftAlone() {
    target().install(Permits.of(SLOT), version("one"), new Epoch(1, 1));
    Slot other = new Slot(new Environment("production-eu"), SLOT.service());

    assertThatThrownBy(() -> target().rollBack(other, new Epoch(9, 1)))
        .isExactlyInstanceOf(TargetFault.class)
        .hasMessageContaining("is moved as production/greeter");
  }
}
