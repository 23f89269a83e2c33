package dev.slipway.app.prometheus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.slipway.app.RoutedMetricsContract;
import dev.slipway.app.edge.EdgeClient;
import dev.slipway.app.edge.EdgeProcess;
import dev.slipway.app.edge.EdgeRouter;
import dev.slipway.policy.Share;
import dev.slipway.target.Epoch;
import dev.slipway.target.TrafficRouter;
import dev.slipway.telemetry.MetricSource;
import dev.slipway.telemetry.Observation;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The metric source's contract with a real Prometheus that scrapes a real edge. */
class PrometheusMetricsTest extends RoutedMetricsContract {
  @TempDir Path directory;
  private EdgeProcess edge;
  private EdgeClient client;
  private PrometheusFixture prometheus;

  @BeforeEach
  void start() throws Exception {
    Path javaHome = Path.of(System.getProperty("java.home"));
    edge =
        EdgeProcess.start(
            EdgeProcess.Launch.with(javaHome, System.getProperty("java.class.path"))
                .withHeap("64m"),
            directory.resolve("edge"));
    client = edge.client();
    router()
        .split(
            SLOT,
            new Epoch(0, 1),
            new TrafficRouter.Split(List.of(), List.of(), Share.NONE, Optional.empty()));
    prometheus =
        new PrometheusFixture(directory.resolve("prometheus"), edge.address().metricsPort());
    await()
        .atMost(PrometheusFixture.PATIENCE)
        .until(
            () -> source().observe(SLOT, Instant.now(), Instant.now()) instanceof Observation.Seen);
  }

  @AfterEach
  void stop() throws Exception {
    if (prometheus != null) {
      prometheus.close();
    }
    client.close();
    ProcessHandle.of(edge.address().pid()).ifPresent(ProcessHandle::destroyForcibly);
  }

  @Override
  protected TrafficRouter router() {
    return new EdgeRouter(client);
  }

  @Override
  protected MetricSource source() {
    return source(prometheus.server());
  }

  private static MetricSource source(URI server) {
    return new PrometheusMetrics(
        new PrometheusSettings(server, Queries.edge(), Duration.ofSeconds(1)));
  }

  @Override
  protected void silence() throws Exception {
    prometheus.kill();
  }

  @Override
  protected void awaitCounted(Instant since, int stable, int canary) {
    await()
        .atMost(PrometheusFixture.PATIENCE)
        .until(
            () ->
                source().observe(SLOT, since, Instant.now()) instanceof Observation.Seen seen
                    && seen.baseline().requests() >= stable
                    && seen.canary().requests() >= canary
                    && seen.baseline().latencies().count() >= stable
                    && seen.canary().latencies().count() >= canary);
  }

  @Test
  void C9_anEdgeThatIsNotScrapedAnyMoreIsNoData() throws Exception {
    Interval interval = send(new Load(2, 0), Load.NONE);
    edge.stop(PrometheusFixture.PATIENCE);

    await()
        .atMost(PrometheusFixture.PATIENCE)
        .untilAsserted(
            () ->
                assertThat(source().observe(SLOT, interval.from(), Instant.now()))
                    .isInstanceOf(Observation.NoData.class));
  }
}
