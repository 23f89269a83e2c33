package dev.slipway.app.edge;

import static org.awaitility.Awaitility.await;

import dev.slipway.app.RoutedMetricsContract;
import dev.slipway.target.TrafficRouter;
import dev.slipway.telemetry.MetricSource;
import dev.slipway.telemetry.Observation;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** The metric source's contract with what a real edge counted. */
class EdgeMetricsTest extends RoutedMetricsContract {
  @TempDir Path directory;
  private EdgeProcess edge;
  private EdgeClient client;

  @BeforeEach
  void startEdge() {
    edge =
        EdgeProcess.start(
            EdgeFixture.launch(EdgeOptions.defaults()).withHeap("64m"), directory.resolve("edge"));
    client = edge.client();
    // What is asked about begins after the second in which the route was opened.
    router().split(SLOT, new dev.slipway.target.Epoch(0, 1), nothing());
    settled();
  }

  private static TrafficRouter.Split nothing() {
    return new TrafficRouter.Split(
        java.util.List.of(),
        java.util.List.of(),
        dev.slipway.policy.Share.NONE,
        java.util.Optional.empty());
  }

  @AfterEach
  void stopEdge() {
    client.close();
    ProcessHandle.of(edge.address().pid()).ifPresent(ProcessHandle::destroyForcibly);
  }

  @Override
  protected TrafficRouter router() {
    return new EdgeRouter(client);
  }

  @Override
  protected MetricSource source() {
    return new EdgeMetrics(client);
  }

  @Override
  protected void silence() {
    edge.stop(EdgeFixture.PATIENCE);
  }

  @Override
  protected void awaitCounted(Instant since, int stable, int canary) {
    await()
        .atMost(EdgeFixture.PATIENCE)
        .until(
            () ->
                source().observe(SLOT, since, Instant.now().plusSeconds(1))
                        instanceof Observation.Seen seen
                    && seen.baseline().requests() >= stable
                    && seen.canary().requests() >= canary);
  }
}
