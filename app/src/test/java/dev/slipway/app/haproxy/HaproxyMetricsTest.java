package dev.slipway.app.haproxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.slipway.app.RoutedMetricsContract;
import dev.slipway.policy.Share;
import dev.slipway.target.TrafficRouter;
import dev.slipway.telemetry.MetricSource;
import dev.slipway.telemetry.Observation;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The metric source's contract with what a real HAProxy logged. */
class HaproxyMetricsTest extends RoutedMetricsContract {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  @TempDir Path directory;
  private HaproxyFixture fixture;
  private Haproxy haproxy;

  @BeforeEach
  void start() throws Exception {
    fixture = new HaproxyFixture(directory.resolve("haproxy"));
    haproxy = Haproxy.open(fixture.settings(), directory.resolve("seats"));
  }

  @AfterEach
  void stop() throws Exception {
    haproxy.close();
    fixture.close();
  }

  @Override
  protected TrafficRouter router() {
    return haproxy.router();
  }

  @Override
  protected MetricSource source() {
    return haproxy.metrics();
  }

  @Override
  protected void silence() throws Exception {
    fixture.kill();
    await()
        .atMost(PATIENCE)
        .until(
            () ->
                source().observe(SLOT, Instant.now(), Instant.now()) instanceof Observation.NoData);
  }

  @Override
  protected void awaitCounted(Instant since, int stable, int canary) {
    await()
        .atMost(PATIENCE)
        .until(
            () ->
                source().observe(SLOT, since, Instant.now().plusSeconds(1))
                        instanceof Observation.Seen seen
                    && seen.baseline().requests() >= stable
                    && seen.canary().requests() >= canary);
  }

  @Test
  void whatWasLoggedIsReadAgainByTheNextControlPlane() throws Exception {
    // The ring's oldest line says from when on it is whole.
    send(new Load(1, 0), Load.NONE);
    Interval interval = send(new Load(10, 2), new Load(5, 1));
    Observation before = source().observe(SLOT, interval.from(), interval.to());
    haproxy.close();

    haproxy = Haproxy.open(fixture.settings(), directory.resolve("seats"));

    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () ->
                assertThat(source().observe(SLOT, interval.from(), interval.to()))
                    .isEqualTo(before));
  }

  @Test
  void C17_aHaproxyThatRestartsServesAsItWasToldAndSaysWhatItDoesNotKnow() throws Exception {
    Interval interval = send(new Load(3, 0), Load.NONE);
    fixture.kill();
    fixture.start();

    await()
        .atMost(PATIENCE)
        .ignoreExceptions()
        .untilAsserted(
            () ->
                assertThat(source().observe(SLOT, interval.from(), interval.to()))
                    .isInstanceOf(Observation.NoData.class));
    Interval after = send(new Load(4, 0), new Load(2, 1));
    assertThat(source().observe(SLOT, after.from(), after.to()))
        .isInstanceOfSatisfying(
            Observation.Seen.class,
            seen -> {
              assertThat(seen.baseline().requests()).isEqualTo(4);
              assertThat(seen.canary().errors()).isEqualTo(1);
            });
  }

  @Test
  void weightsComeWithinATwentiethOfTheShare() {
    for (int bp = 100; bp < 10_000; bp += 100) {
      for (int canaries = 1; canaries <= 3; canaries++) {
        Weights weights = Weights.of(new Share(bp), 3, canaries);
        double given =
            10_000.0
                * weights.canary()
                * canaries
                / (weights.canary() * canaries + weights.stable() * 3.0);
        assertThat(given).as("%s bp with %s", bp, weights).isBetween(bp * 0.95, bp * 1.05);
      }
    }
    assertThat(Weights.of(Share.percent(5), 1, 1)).isEqualTo(new Weights(19, 1));
  }
}
