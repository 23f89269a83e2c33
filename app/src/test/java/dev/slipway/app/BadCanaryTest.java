package dev.slipway.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.slipway.agents.Assignment;
import dev.slipway.app.edge.EdgeClient;
import dev.slipway.app.edge.EdgeMetrics;
import dev.slipway.app.edge.EdgeProcess;
import dev.slipway.app.edge.EdgeRouter;
import dev.slipway.app.haproxy.Haproxy;
import dev.slipway.app.haproxy.HaproxyFixture;
import dev.slipway.app.processes.ProcessTarget;
import dev.slipway.app.prometheus.PrometheusFixture;
import dev.slipway.app.prometheus.PrometheusMetrics;
import dev.slipway.app.prometheus.PrometheusSettings;
import dev.slipway.app.prometheus.Queries;
import dev.slipway.audit.Permits;
import dev.slipway.change.Environment;
import dev.slipway.change.ServiceName;
import dev.slipway.change.Slot;
import dev.slipway.policy.Report;
import dev.slipway.policy.Share;
import dev.slipway.policy.Verdict;
import dev.slipway.target.Epoch;
import dev.slipway.target.Serving;
import dev.slipway.target.TrafficRouter;
import dev.slipway.telemetry.MetricSource;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A bad canary in real traffic, on each real router and metric source: it is seen, taken back, and
 * nobody meets it afterwards. Reports the time from the first bad answer to the last.
 */
@Timeout(180)
class BadCanaryTest {
  private static final Slot SLOT = new Slot(Environment.PRODUCTION, new ServiceName("greeter"));
  private static final Share SHARE = Share.percent(20);
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final int VISITORS = 8;

  @TempDir Path directory;
  private final List<AutoCloseable> open = new ArrayList<>();
  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final Queue<Instant> bad = new ConcurrentLinkedQueue<>();
  private final AtomicLong answered = new AtomicLong();
  private final AtomicBoolean going = new AtomicBoolean(true);
  private Greeters greeters;

  @BeforeEach
  void makeGreeters() {
    greeters = new Greeters(SLOT, directory);
  }

  @AfterEach
  void end() throws Exception {
    going.set(false);
    for (AutoCloseable each : open.reversed()) {
      each.close();
    }
    http.close();
    Greeters.end(directory);
  }

  private <T extends AutoCloseable> T opened(T part) {
    open.add(part);
    return part;
  }

  @Test
  void onHaproxyMeasuredByHaproxy(TestReporter reporter) throws Exception {
    HaproxyFixture fixture = opened(new HaproxyFixture(directory.resolve("haproxy")));
    Haproxy haproxy = opened(Haproxy.open(fixture.settings(), directory.resolve("seats")));
    assertRolledBack(haproxy.router(), haproxy.metrics(), reporter);
  }

  @Test
  void onTheEdgeMeasuredByTheEdge(TestReporter reporter) throws Exception {
    EdgeClient edge = startEdge();
    assertRolledBack(new EdgeRouter(edge), new EdgeMetrics(edge), reporter);
  }

  @Test
  void onTheEdgeMeasuredByPrometheus(TestReporter reporter) throws Exception {
    EdgeClient edge = startEdge();
    int metricsPort =
        EdgeProcess.adopt(directory.resolve("edge")).orElseThrow().address().metricsPort();
    PrometheusFixture prometheus =
        opened(new PrometheusFixture(directory.resolve("prometheus"), metricsPort));
    MetricSource metrics =
        new PrometheusMetrics(
            new PrometheusSettings(prometheus.server(), Queries.edge(), Duration.ofSeconds(1)));
    assertRolledBack(new EdgeRouter(edge), metrics, reporter);
  }

  private EdgeClient startEdge() {
    EdgeProcess edge =
        EdgeProcess.start(
            Path.of(System.getProperty("java.home")),
            System.getProperty("java.class.path"),
            directory.resolve("edge"));
    opened(() -> ProcessHandle.of(edge.address().pid()).ifPresent(ProcessHandle::destroyForcibly));
    return opened(edge.client());
  }

  private void assertRolledBack(TrafficRouter router, MetricSource metrics, TestReporter reporter)
      throws Exception {
    ProcessTarget target =
        new ProcessTarget(directory.resolve("target"), router, greeters.artifacts());
    Serving first = target.install(Permits.of(SLOT), greeters.version("one"), new Epoch(1, 1));
    visit(first.endpoint());
    await().atMost(PATIENCE).until(() -> answered.get() > 50);

    target.shift(Permits.of(SLOT), greeters.bad("two"), SHARE, new Epoch(1, 2));
    Report report =
        CanaryWatched.report(
            target::serving,
            metrics,
            new Assignment.Watch(SLOT, SHARE, Instant.now(), Duration.ofMinutes(1)));
    Serving back = target.rollBack(SLOT, new Epoch(1, 3));
    Instant safe = Instant.now();

    assertThat(report.judged()).as(report.toString()).first().isInstanceOf(Verdict.Fail.class);
    assertThat(back.canary()).isEmpty();
    long soFar = answered.get();
    await().atMost(PATIENCE).until(() -> answered.get() > soFar + 200);
    going.set(false);
    List<Instant> all = bad.stream().sorted().toList();
    assertThat(all).isNotEmpty();
    assertThat(all.getLast()).as("the last bad answer").isBefore(safe);
    reporter.publishEntry(
        Map.of(
            "bad answers",
            String.valueOf(all.size()),
            "all answers",
            String.valueOf(answered.get()),
            "ms from the first bad answer to the last",
            String.valueOf(Duration.between(all.getFirst(), all.getLast()).toMillis())));
  }

  private void visit(URI endpoint) {
    for (int i = 0; i < VISITORS; i++) {
      Thread.ofVirtual()
          .start(
              () -> {
                while (going.get()) {
                  HttpResponse<String> answer = Greeters.get(http, URI.create(endpoint + "/"));
                  answered.incrementAndGet();
                  if (answer.statusCode() != 200) {
                    bad.add(Instant.now());
                  }
                }
              });
    }
  }
}
