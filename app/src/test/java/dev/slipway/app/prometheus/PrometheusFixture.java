package dev.slipway.app.prometheus;

import static org.awaitility.Awaitility.await;

import dev.slipway.app.TestTool;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;

/** A real Prometheus that scrapes one address every second. */
public final class PrometheusFixture implements AutoCloseable {
  static final Duration PATIENCE = Duration.ofSeconds(60);

  private final Process process;
  private final URI server;

  public PrometheusFixture(Path directory, int scraped) throws Exception {
    Path program = TestTool.named("prometheus");
    Files.createDirectories(directory);
    int port;
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
    this.server = URI.create("http://127.0.0.1:" + port);
    Path configuration = directory.resolve("prometheus.yml");
    Files.writeString(
        configuration,
        """
        global:
          scrape_interval: 1s
          scrape_timeout: 1s
        scrape_configs:
          - job_name: edge
            static_configs:
              - targets: ["127.0.0.1:%d"]
        """
            .formatted(scraped));
    this.process =
        new ProcessBuilder(
                program.toString(),
                "--config.file=" + configuration,
                "--storage.tsdb.path=" + directory.resolve("data"),
                "--web.listen-address=127.0.0.1:" + port)
            .redirectErrorStream(true)
            .redirectOutput(directory.resolve("prometheus.out").toFile())
            .start();
    PrometheusApi api = new PrometheusApi(server);
    await()
        .atMost(PATIENCE)
        .ignoreExceptions()
        .until(() -> api.at("up == 1", Instant.now()).size() == 1);
  }

  /** Its address. */
  public URI server() {
    return server;
  }

  /** Kills it. */
  public void kill() throws InterruptedException {
    process.destroyForcibly().waitFor(30, TimeUnit.SECONDS);
  }

  @Override
  public void close() throws InterruptedException {
    kill();
  }
}
