package dev.slipway.app.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.slipway.agents.Assignment;
import dev.slipway.app.CanaryWatched;
import dev.slipway.app.prometheus.PrometheusFixture;
import dev.slipway.app.prometheus.PrometheusMetrics;
import dev.slipway.app.prometheus.PrometheusSettings;
import dev.slipway.app.prometheus.Queries;
import dev.slipway.audit.AuditRecord.Decision;
import dev.slipway.audit.Permits;
import dev.slipway.audit.Recorded;
import dev.slipway.change.Artifact;
import dev.slipway.change.Digest;
import dev.slipway.change.Environment;
import dev.slipway.change.ServiceName;
import dev.slipway.change.Slot;
import dev.slipway.policy.Report;
import dev.slipway.policy.Share;
import dev.slipway.policy.Verdict;
import dev.slipway.project.Service;
import dev.slipway.target.DeployTarget;
import dev.slipway.target.Epoch;
import dev.slipway.target.Rollout;
import dev.slipway.target.Serving;
import dev.slipway.telemetry.MetricSource;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Canaries in a cluster's traffic, measured by a real Prometheus: a bad one is seen and taken back,
 * a good one passes and becomes the stable version.
 */
@Timeout(180)
class KubernetesCanaryTest {
  private static final Slot SLOT = new Slot(Environment.PRODUCTION, new ServiceName("greeter"));
  private static final Recorded<Decision> PERMIT = Permits.of(SLOT);
  private static final Share SHARE = Share.percent(50);
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final int VISITORS = 4;

  @TempDir Path directory;
  private final List<AutoCloseable> open = new ArrayList<>();
  private final AtomicBoolean going = new AtomicBoolean(true);
  private final AtomicLong answered = new AtomicLong();
  private final AtomicLong failed = new AtomicLong();

  private <T extends AutoCloseable> T opened(T part) {
    open.add(part);
    return part;
  }

  @AfterEach
  void close() throws Exception {
    going.set(false);
    for (AutoCloseable each : open.reversed()) {
      each.close();
    }
  }

  @Test
  void aBadCanaryIsTakenBackAndAGoodOneBecomesTheStableVersion() throws Exception {
    ClusterFixture server = opened(ClusterFixture.mock());
    TinyCluster cluster = opened(new TinyCluster(server.client(), server.namespace()));
    TinyGateway gateway = opened(new TinyGateway(cluster, "greeter"));
    MetricSource metrics = prometheus(gateway);
    DeployTarget target = target(server);
    target.install(PERMIT, version("one"), new Epoch(1, 1));
    visit(gateway);
    await().atMost(PATIENCE).until(() -> answered.get() > 50);

    target.shift(PERMIT, version("bad"), SHARE, new Epoch(1, 2));
    Report bad = watched(target, metrics, Duration.ofMinutes(1));
    assertThat(bad.judged()).as(bad.toString()).first().isInstanceOf(Verdict.Fail.class);
    Serving back = target.rollBack(SLOT, new Epoch(1, 3));
    assertThat(back.stable()).contains(version("one").artifact());
    assertThat(back.canary()).isEmpty();
    long failedSoFar = failed.get();
    long answeredSoFar = answered.get();
    await().atMost(PATIENCE).until(() -> answered.get() > answeredSoFar + 100);
    assertThat(failed.get()).as("nobody met it afterwards").isEqualTo(failedSoFar).isPositive();

    target.shift(PERMIT, version("good"), SHARE, new Epoch(2, 1));
    Report good = watched(target, metrics, Duration.ofSeconds(15));
    assertThat(good.judged()).as(good.toString()).first().isInstanceOf(Verdict.Pass.class);
    Serving shipped = target.promote(PERMIT, SLOT, version("good").artifact(), new Epoch(2, 2));
    assertThat(shipped.stable()).contains(version("good").artifact());
    assertThat(failed.get()).isEqualTo(failedSoFar);
  }

  private MetricSource prometheus(TinyGateway gateway) throws Exception {
    PrometheusFixture prometheus =
        opened(new PrometheusFixture(directory.resolve("prometheus"), gateway.port()));
    return new PrometheusMetrics(
        new PrometheusSettings(
            prometheus.server(), Queries.clientLibrary(), Duration.ofSeconds(1)));
  }

  private static Report watched(DeployTarget target, MetricSource metrics, Duration window)
      throws InterruptedException {
    return CanaryWatched.report(
        target::serving, metrics, new Assignment.Watch(SLOT, SHARE, Instant.now(), window));
  }

  private void visit(TinyGateway gateway) {
    HttpClient http = opened(HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build());
    for (int i = 0; i < VISITORS; i++) {
      Thread.ofVirtual()
          .start(
              () -> {
                try {
                  while (going.get()) {
                    int status =
                        http.send(
                                HttpRequest.newBuilder(gateway.uri()).build(),
                                HttpResponse.BodyHandlers.discarding())
                            .statusCode();
                    answered.incrementAndGet();
                    if (status != 200) {
                      failed.incrementAndGet();
                    }
                  }
                } catch (java.io.IOException | InterruptedException e) {
                  if (going.get()) {
                    failed.incrementAndGet();
                  }
                }
              });
    }
  }

  private static DeployTarget target(ClusterFixture server) {
    KubernetesSettings.Place place =
        new KubernetesSettings.Place(
            Optional.empty(),
            server.namespace(),
            List.of(new KubernetesSettings.Gateway("public", Optional.empty(), Optional.empty())),
            List.of(),
            "https://greeter.example.com");
    return Kubernetes.target(
        server.client(),
        place,
        new KubernetesSettings(
            Optional.empty(),
            Map.of(Environment.PRODUCTION, place),
            Optional.empty(),
            8080,
            Duration.ofSeconds(30),
            Map.of()));
  }

  private static Rollout version(String name) {
    Artifact image =
        new Artifact.OciImage(
            "registry.example.com/" + name, Digest.of(name.getBytes(StandardCharsets.UTF_8)));
    Service.Run run = new Service.Run(List.of("run", "${ARTIFACT}"), Map.of(), "/health", 2);
    return new Rollout(SLOT, image, run, List.of(), Map.of());
  }
}
