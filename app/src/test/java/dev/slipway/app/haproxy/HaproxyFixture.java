package dev.slipway.app.haproxy;

import static org.awaitility.Awaitility.await;

import dev.slipway.app.TestTool;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** A real HAProxy, configured as the documentation says. */
public final class HaproxyFixture implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final Path program = TestTool.named("haproxy");
  private final Path directory;
  private final int port;
  private Process process;

  public HaproxyFixture(Path directory) throws Exception {
    this.directory = Files.createDirectories(directory);
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      this.port = free.getLocalPort();
    }
    Files.writeString(directory.resolve("haproxy.cfg"), configuration());
    Files.writeString(directory.resolve("servers.state"), "1\n");
    start();
  }

  /** The documentation's configuration with this test's paths and port. */
  private String configuration() throws IOException {
    String page = Files.readString(Path.of("../docs/operating/haproxy.md"));
    String block = page.substring(page.indexOf("```haproxy\n") + 11);
    return block
        .substring(0, block.indexOf("```"))
        .replace("/run/haproxy/slipway.sock", directory.resolve("admin.sock").toString())
        .replace("/var/lib/haproxy/servers.state", directory.resolve("servers.state").toString())
        .replace("127.0.0.1:8080", "127.0.0.1:" + port);
  }

  public HaproxySettings settings() {
    return HaproxySettings.at(directory.resolve("admin.sock"), "http://127.0.0.1:" + port)
        .withStateFile(directory.resolve("servers.state"));
  }

  /** Starts it; returns when its socket answers. */
  public void start() throws Exception {
    process =
        new ProcessBuilder(
                program.toString(), "-db", "-f", directory.resolve("haproxy.cfg").toString())
            .redirectErrorStream(true)
            .redirectOutput(directory.resolve("haproxy.out").toFile())
            .start();
    RuntimeSocket socket = new RuntimeSocket(settings().socket());
    await()
        .atMost(PATIENCE)
        .ignoreExceptions()
        .until(() -> socket.ask("show info").contains("Version"));
  }

  /** Kills it. */
  public void kill() throws InterruptedException {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly().waitFor(30, TimeUnit.SECONDS);
  }

  @Override
  public void close() throws InterruptedException {
    kill();
  }
}
