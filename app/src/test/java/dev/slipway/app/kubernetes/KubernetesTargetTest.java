package dev.slipway.app.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.app.kubernetes.Names.Track;
import dev.slipway.audit.AuditRecord.Decision;
import dev.slipway.audit.Permits;
import dev.slipway.audit.Recorded;
import dev.slipway.change.Artifact;
import dev.slipway.change.Digest;
import dev.slipway.policy.Share;
import dev.slipway.project.Service;
import dev.slipway.target.DeployTarget;
import dev.slipway.target.Epoch;
import dev.slipway.target.Rollout;
import dev.slipway.target.Serving;
import dev.slipway.target.TargetFault;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.ServiceBuilder;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.HTTPRoute;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.HTTPRouteSpec;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The target on the client's CRUD server, and what is particular to a cluster. */
class KubernetesTargetTest extends KubernetesContract {
  private static final Recorded<Decision> PERMIT = Permits.of(SLOT);
  private static final Share HALF = Share.percent(50);
  private static final String SECRET = "s3cret-value";

  @TempDir Path directory;
  private CrudServer crud;
  private KubernetesClient own;

  @Override
  ClusterFixture open() {
    try {
      crud = new CrudServer();
      own = ClusterFixture.client(crud, CrudServer.TARGET);
      return ClusterFixture.of(crud);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  @AfterEach
  void closeOwn() {
    own.close();
  }

  @Override
  protected DeployTarget target() {
    return Kubernetes.target(own, place(), settings());
  }

  private Api api() {
    return new Api(own, server.namespace());
  }

  private Deployment deployment(Track track) {
    return api().find(Deployment.class, new Names(SLOT).of(track)).orElseThrow();
  }

  @ParameterizedTest
  @ValueSource(strings = {"greeter-stable", "greeter-canary"})
  void whatSomebodyElseMadeIsLeftAlone(String name) {
    HasMetadata foreign =
        new ServiceBuilder()
            .withNewMetadata()
            .withName(name)
            .addToLabels("app.kubernetes.io/managed-by", "Helm")
            .endMetadata()
            .withNewSpec()
            .addToSelector("app", "theirs")
            .endSpec()
            .build();
    server.client().resource(foreign).inNamespace(server.namespace()).create();

    assertThatThrownBy(() -> target().install(PERMIT, version("one"), new Epoch(1, 1)))
        .isExactlyInstanceOf(TargetFault.class)
        .hasMessageContaining("Service shop/" + name + " is not of Slipway's production/greeter");

    assertThat(
            server
                .client()
                .services()
                .inNamespace(server.namespace())
                .withName(name)
                .get()
                .getSpec()
                .getSelector())
        .isEqualTo(Map.of("app", "theirs"));
  }

  @Test
  void aRouteOfSomebodyElseIsLeftAloneWhateverIsWanted() {
    HTTPRoute foreign = new HTTPRoute();
    foreign.setMetadata(new ObjectMetaBuilder().withName("greeter").build());
    foreign.setSpec(new HTTPRouteSpec());
    server.client().resource(foreign).inNamespace(server.namespace()).create();

    List<Runnable> moves =
        List.of(
            () -> target().install(PERMIT, version("one"), new Epoch(1, 1)),
            () -> target().rollBack(SLOT, new Epoch(1, 1)),
            () -> target().serving(SLOT));
    for (Runnable move : moves) {
      assertThatThrownBy(move::run).hasMessageContaining("HTTPRoute shop/greeter is not of");
    }
  }

  @Test
  void E13_aPodRunsTheImageByItsDigestWithTheWordsOfTheService() {
    target().install(PERMIT, version("one"), new Epoch(1, 1));

    PodTemplateSpec pods = deployment(Track.STABLE).getSpec().getTemplate();
    Container container = Workloads.container(pods);
    assertThat(container.getImage())
        .isEqualTo("registry.example.com/one@" + version("one").artifact().digest());
    assertThat(container.getCommand()).isEmpty();
    assertThat(container.getArgs()).containsExactly("serve", "--port=8080", "$$HOME");
    assertThat(container.getEnv()).containsExactly(new EnvVar("GREETING", "hello", null));
    assertThat(container.getReadinessProbe().getHttpGet().getPath()).isEqualTo("/health");
    assertThat(cluster.pods(new Names(SLOT).selector(Track.STABLE)))
        .hasSize(2)
        .allSatisfy(
            pod ->
                assertThat(pod.getMetadata().getLabels())
                    .containsEntry("app.kubernetes.io/name", "greeter")
                    .containsEntry("app.kubernetes.io/managed-by", "slipway")
                    .containsEntry("slipway.dev/track", "stable")
                    .containsEntry(
                        "app.kubernetes.io/version", version("one").artifact().digest().brief()));
  }

  @Test
  void aFileCannotRunHere() {
    Rollout file =
        new Rollout(
            SLOT,
            new Artifact.File(Digest.of(new byte[0]), "app.jar"),
            version("one").run(),
            List.of(),
            Map.of());

    assertThatThrownBy(() -> target().install(PERMIT, file, new Epoch(1, 1)))
        .isExactlyInstanceOf(TargetFault.class)
        .hasMessageContaining("build.image");
    assertThat(target().serving(SLOT)).isEmpty();
  }

  @Test
  void secretsAreInASecretOfTheVersionAndNowhereElse() {
    target().install(PERMIT, version("one", Map.of("TOKEN", SECRET)), new Epoch(1, 1));
    target().shift(PERMIT, version("two", Map.of("TOKEN", "other")), HALF, new Epoch(1, 2));

    assertThat(secrets()).hasSize(2);
    assertThat(secrets().toString()).contains(SECRET, "other");
    String everythingElse =
        List.of(
                server.client().apps().deployments().inNamespace(server.namespace()).list(),
                server.client().pods().inNamespace(server.namespace()).list(),
                server.client().resources(HTTPRoute.class).inNamespace(server.namespace()).list())
            .toString();
    assertThat(everythingElse).contains("secrets-a", "secrets-b").doesNotContain(SECRET, "other");

    target().rollBack(SLOT, new Epoch(1, 3));
    assertThat(secrets().toString()).contains(SECRET).doesNotContain("other");

    target().shift(PERMIT, version("two", Map.of("TOKEN", "other")), HALF, new Epoch(1, 4));
    target().promote(PERMIT, SLOT, version("two").artifact(), new Epoch(1, 5));
    assertThat(secrets().toString()).contains("other").doesNotContain(SECRET);
  }

  private List<Secret> secrets() {
    return server.client().secrets().inNamespace(server.namespace()).list().getItems();
  }

  @Test
  void whatAnApiServerSaysOfASecretIsNotRepeated() {
    target().install(PERMIT, version("one"), new Epoch(1, 1));
    // The epoch, the weights, and then the Secret.
    crud.failAfter(2);

    assertThatThrownBy(
            () ->
                target()
                    .shift(PERMIT, version("two", Map.of("TOKEN", SECRET)), HALF, new Epoch(1, 2)))
        .isInstanceOf(TargetFault.class)
        .hasMessage("Secret shop/greeter-secrets-a: the API server answered 400")
        .hasNoCause();
  }

  @Test
  void whyAVersionDoesNotGetReadyIsSaid() {
    target().install(PERMIT, version("one"), new Epoch(1, 1));

    assertThatThrownBy(() -> target().shift(PERMIT, broken(), HALF, new Epoch(1, 2)))
        .isInstanceOf(TargetFault.Unhealthy.class)
        .hasMessageContainingAll("container app", "ImagePullBackOff", TinyCluster.COMPLAINT);
    assertThatThrownBy(() -> target().shift(PERMIT, version("slow"), HALF, new Epoch(1, 3)))
        .isInstanceOf(TargetFault.Unhealthy.class)
        .hasMessageContainingAll("within 30 s", "unready: [app]");
    assertThatThrownBy(() -> target().shift(PERMIT, version("noroom"), HALF, new Epoch(1, 4)))
        .as("not the version's fault")
        .isExactlyInstanceOf(TargetFault.class)
        .hasMessageContainingAll("no room", "Insufficient cpu");
  }

  @Test
  void E8_aWriteThatIsOvertakenIsRefused() {
    Names names = new Names(SLOT);
    Routes routes = new Routes(api(), place(), 8080);
    routes.claim(names, new Epoch(1, 1));
    HTTPRoute shell = routes.find(names).orElseThrow();
    shell.getMetadata().setResourceVersion(null);

    assertThatThrownBy(
            () ->
                api()
                    .put(
                        shell,
                        names,
                        new Epoch(1, 2),
                        seen -> {
                          // Another node, between the look and the write.
                          routes.claim(names, new Epoch(2, 1));
                          return seen;
                        }))
        .isInstanceOf(TargetFault.StaleEpoch.class);

    assertThat(routes.find(names).map(Names::epoch)).contains(new Epoch(2, 1));
  }

  @Test
  void E8_ofNodesThatMoveAtOnceTheLatestEpochStays() throws Exception {
    target().install(PERMIT, version("one"), new Epoch(1, 1));
    List<Callable<Serving>> moves = new ArrayList<>();
    for (int i = 1; i <= 6; i++) {
      Epoch at = new Epoch(2, i);
      Share share = Share.percent(i * 10);
      moves.add(() -> target().shift(PERMIT, version("two"), share, at));
    }
    int done = 0;
    try (ExecutorService nodes = Executors.newVirtualThreadPerTaskExecutor()) {
      for (Future<Serving> move : nodes.invokeAll(moves)) {
        try {
          move.get();
          done++;
        } catch (ExecutionException e) {
          assertThat(e).hasCauseInstanceOf(TargetFault.StaleEpoch.class);
        }
      }
    }

    assertThat(done).isPositive();
    Serving serving = target().serving(SLOT).orElseThrow();
    assertThat(serving.epoch()).isEqualTo(new Epoch(2, 6));
    assertThat(serving.share()).isEqualTo(Share.percent(60));
  }

  @Test
  void C14_aMoveThatStoppedAnywhereIsEndedByMakingItAgain() {
    target().install(PERMIT, version("zero"), new Epoch(1, 1));
    int move = 1;
    int failed = 0;
    for (int writes = 0; writes < 8; writes++) {
      Rollout next = version("v" + writes, Map.of("TOKEN", SECRET));
      Epoch shift = new Epoch(1, ++move);
      failed += interrupted(writes, () -> target().shift(PERMIT, next, HALF, shift));
      Epoch promote = new Epoch(1, ++move);
      failed += interrupted(writes, () -> target().promote(PERMIT, SLOT, next.artifact(), promote));

      Serving serving = target().serving(SLOT).orElseThrow();
      assertThat(serving.stable()).contains(next.artifact());
      assertThat(serving.canary()).isEmpty();
      assertThat(serving.share()).isEqualTo(Share.NONE);
      assertThat(answer(serving.endpoint())).isEqualTo("v" + writes);
      assertThat(secrets()).hasSize(1);
    }
    assertThat(failed).as("moves that were stopped").isGreaterThan(8);
  }

  /** Stops the move after so many writes, and makes it again; 1 if it was stopped. */
  private int interrupted(int writes, Runnable move) {
    int failed = 0;
    crud.failAfter(writes);
    try {
      move.run();
    } catch (TargetFault stopped) {
      failed = 1;
    }
    crud.failAfter(Integer.MAX_VALUE);
    move.run();
    return failed;
  }

  @Test
  void theDocumentedRoleHasTheRightsThatAreUsedAndNoOther() throws IOException {
    Map<String, String> secrets = Map.of("TOKEN", SECRET);
    target().install(PERMIT, version("one", secrets), new Epoch(1, 1));
    target().shift(PERMIT, version("two", secrets), HALF, new Epoch(1, 2));
    target().promote(PERMIT, SLOT, version("two").artifact(), new Epoch(1, 3));
    assertThatThrownBy(() -> target().shift(PERMIT, version("slow"), HALF, new Epoch(1, 4)))
        .isInstanceOf(TargetFault.Unhealthy.class);
    target().rollBack(SLOT, new Epoch(1, 5));

    assertThat(crud.rightsUsed())
        .containsExactlyInAnyOrderElementsOf(DocumentedRights.of("rbac.yaml", own));
  }

  @Test
  void aWorkerHasNoTrafficAndNoGatewayKnowsOfIt() {
    Service.Run run = new Service.Run(List.of("work"), Map.of(), "", 1);
    target().install(PERMIT, version("one", run, Map.of()), new Epoch(1, 1));
    Serving serving = target().shift(PERMIT, version("two", run, Map.of()), HALF, new Epoch(1, 2));

    assertThat(serving.canary()).contains(version("two").artifact());
    assertThat(Workloads.container(deployment(Track.CANARY).getSpec().getTemplate()).getCommand())
        .containsExactly("work");
    assertThat(server.client().services().inNamespace(server.namespace()).list().getItems())
        .isEmpty();
    HTTPRoute route = api().find(HTTPRoute.class, "greeter").orElseThrow();
    assertThat(route.getSpec().getParentRefs()).isEmpty();
  }

  @Test
  void theOwnersTemplateSaysWhatElsePodsHave() throws IOException {
    Path template =
        Files.writeString(
            directory.resolve("greeter.yaml"),
            """
            metadata:
              annotations: {team: shop}
            spec:
              serviceAccountName: greeter
              containers:
                - name: app
                  image: ignored
                  resources: {requests: {cpu: 100m}}
                  env: [{name: GREETING, value: mine}]
                - name: sidecar
                  image: proxy:1
            """);
    KubernetesSettings plain = settings();
    KubernetesSettings settings =
        new KubernetesSettings(
            plain.kubeconfig(),
            plain.places(),
            Optional.of(directory + "/${service}.yaml"),
            plain.port(),
            plain.readyWithin(),
            Map.of());

    Kubernetes.target(own, place(), settings).install(PERMIT, version("one"), new Epoch(1, 1));

    PodTemplateSpec pods = deployment(Track.STABLE).getSpec().getTemplate();
    assertThat(pods.getMetadata().getAnnotations()).containsEntry("team", "shop");
    assertThat(pods.getSpec().getServiceAccountName()).isEqualTo("greeter");
    assertThat(pods.getSpec().getContainers())
        .extracting(Container::getName)
        .containsExactly("app", "sidecar");
    Container app = Workloads.container(pods);
    assertThat(app.getImage()).contains("@sha256:");
    assertThat(app.getResources().getRequests()).containsKey("cpu");
    assertThat(app.getEnv()).containsExactly(new EnvVar("GREETING", "mine", null));

    Files.writeString(template, "no: [template");
    assertThatThrownBy(
            () ->
                Kubernetes.target(own, place(), settings)
                    .install(PERMIT, version("two"), new Epoch(1, 2)))
        .isInstanceOf(TargetFault.class)
        .hasMessageContainingAll("production.kubernetes.pod_template", template.toString());
  }
}
