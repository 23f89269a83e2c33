package dev.slipway.app;

import dev.slipway.app.artifacts.FileArtifactStore;
import dev.slipway.change.Artifact;
import dev.slipway.change.Slot;
import dev.slipway.project.Service;
import dev.slipway.project.StagingPlan;
import dev.slipway.target.Rollout;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * Versions of a small service, to be deployed for real: each answers {@code /} with its name,
 * {@code /error} with 500, {@code /health} with 200; a bad one answers every second {@code /} with
 * 500.
 */
public final class Greeters {
  private static final String PROGRAM =
      """
      import http.server, itertools, os
      NAME = b"%s"
      BAD = %s
      COUNT = itertools.count()
      class Greeter(http.server.BaseHTTPRequestHandler):
          protocol_version = "HTTP/1.1"
          disable_nagle_algorithm = True
          def do_GET(self):
              bad = self.path == "/" and BAD and next(COUNT) %% 2 == 0
              self.send_response(500 if bad or self.path == "/error" else 200)
              self.send_header("content-length", str(len(NAME)))
              self.end_headers()
              self.wfile.write(NAME)
          def log_message(self, *args):
              pass
      http.server.ThreadingHTTPServer.request_queue_size = 128
      http.server.ThreadingHTTPServer(("127.0.0.1", int(os.environ["PORT"])), Greeter).serve_forever()
      """;

  private final Slot slot;
  private final Path directory;
  private final FileArtifactStore artifacts;
  private final Path python = TestTool.named("python3");

  public Greeters(Slot slot, Path directory) {
    this.slot = slot;
    this.directory = directory;
    this.artifacts = new FileArtifactStore(directory.resolve("artifacts"));
  }

  public FileArtifactStore artifacts() {
    return artifacts;
  }

  /** A version that works. */
  public Rollout version(String name) {
    return rollout(PROGRAM.formatted(name, "False"));
  }

  /** A version that is healthy and fails every second customer. */
  public Rollout bad(String name) {
    return rollout(PROGRAM.formatted(name, "True"));
  }

  /** A version whose process ends at once. */
  public Rollout broken() {
    return rollout("import sys\nsys.exit('this version is broken')\n");
  }

  private Rollout rollout(String program) {
    try {
      Path file = Files.writeString(directory.resolve("greeter.py"), program);
      Artifact artifact = artifacts.keep(file);
      Service.Run run =
          new Service.Run(
              List.of(python.toString(), "${ARTIFACT}"), Map.of("PORT", "${PORT}"), "/health", 1);
      return new Rollout(slot, artifact, run, List.of(StagingPlan.Request.get("/")), Map.of());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What is answered to a GET. */
  public static HttpResponse<String> get(HttpClient http, URI uri) {
    try {
      return http.send(
          HttpRequest.newBuilder(uri).timeout(Duration.ofSeconds(20)).build(),
          HttpResponse.BodyHandlers.ofString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  /** Ends every process that was deployed from the directory. */
  public static void end(Path directory) {
    ProcessHandle.allProcesses()
        .filter(
            process ->
                process.info().arguments().stream()
                    .flatMap(java.util.Arrays::stream)
                    .anyMatch(argument -> argument.startsWith(directory.toString())))
        .forEach(ProcessHandle::destroyForcibly);
  }
}
