package dev.slipway.app.init;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;

import dev.slipway.agents.testing.TestReports.CoverageResult;
import dev.slipway.agents.testing.TestReports.Results;
import dev.slipway.app.config.Parsed;
import dev.slipway.app.config.ProjectFile;
import dev.slipway.app.coverage.ReportReader;
import dev.slipway.project.Command;
import dev.slipway.project.Project;
import dev.slipway.project.Service;
import dev.slipway.project.Service.ArtifactSource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What init proposes is run as it stands: built, tested, started, and asked for its health. */
class ProposalsWorkTest {
  /** Where the tests of other Pythons than the system's have no pytest. */
  private static final String PATH = "/usr/bin:/bin:" + System.getenv("PATH");

  @TempDir Path repository;
  @TempDir Path instance;

  private void put(String path, String content) {
    try {
      Path file = repository.resolve(path);
      Files.createDirectories(file.getParent());
      Files.writeString(file, content);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Service proposed() {
    byte[] yaml = Init.detect(repository).yaml().getBytes(StandardCharsets.UTF_8);
    return switch (ProjectFile.parse(Init.FILE, yaml)) {
      case Parsed.Valid<Project>(Project project) -> project.services().getFirst();
      case Parsed.Invalid<Project> invalid -> fail(invalid.toString());
    };
  }

  /** Skips the test by the tool's name where it is missing; in CI that is a failure. */
  private static void need(String name, String... command) {
    if (!works(command)) {
      assertThat(System.getenv("CI")).as(name + " is missing").isNotEqualTo("true");
      abort(name + " is missing");
    }
  }

  /** Skips the test by name where a tool is missing that {@code slipway test} does not install. */
  private static void want(String name, String... command) {
    if (!works(command)) {
      abort(name + " is missing");
    }
  }

  private static boolean works(String... command) {
    try {
      Process process = started(Path.of("."), List.of(command), Map.of());
      process.getInputStream().readAllBytes();
      return process.waitFor() == 0;
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private static Process started(Path directory, List<String> command, Map<String, String> env)
      throws IOException {
    List<String> words = Stream.concat(Stream.of("/usr/bin/env"), command.stream()).toList();
    ProcessBuilder builder = new ProcessBuilder(words).directory(directory.toFile());
    builder.environment().put("PATH", PATH);
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    builder.environment().putAll(env);
    return builder.redirectErrorStream(true).start();
  }

  private void run(Command command) throws IOException, InterruptedException {
    Process process = started(repository, command.argv(), command.env());
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(5, TimeUnit.MINUTES)).isTrue();
    assertThat(process.exitValue()).as(command.argv() + "\n" + output).isZero();
  }

  /** Runs the tests and reads what they leave. */
  private void test(Service service, String source, int tests, int covered)
      throws IOException, InterruptedException {
    Service.Tests section = service.tests().orElseThrow();
    run(section.command());
    ReportReader reader = new ReportReader();
    assertThat(reader.results(repository, section.junit()))
        .isEqualTo(new Results.Ran(tests, 0, List.of()));
    CoverageResult coverage = reader.coverage(repository, section.coverage(), List.of(source));
    assertThat(coverage).isInstanceOf(CoverageResult.Covered.class);
    assertThat(((CoverageResult.Covered) coverage).lines().get(source))
        .containsEntry(covered, true);
  }

  /** Builds the artifact, starts it elsewhere, and asks for its health. */
  private void serve(Service service) throws IOException, InterruptedException {
    Service.Build build = service.build().orElseThrow();
    if (build.command().isPresent()) {
      run(build.command().get());
    }
    Path artifact = repository.resolve(((ArtifactSource.Path) build.artifact()).path());
    Path kept = Files.copy(artifact, instance.resolve("kept"));
    int port = freePort();
    Service.Run section = service.run().orElseThrow();
    List<String> command =
        section.command().stream()
            .map(word -> word.replace("${ARTIFACT}", kept.toString()).replace("${PORT}", "" + port))
            .toList();
    Path directory = Files.createDirectory(instance.resolve("work"));
    Process process = started(directory, command, Map.of("PORT", "" + port));
    try {
      URI health = URI.create("http://127.0.0.1:" + port + section.health());
      Awaitility.await()
          .atMost(Duration.ofSeconds(60))
          .ignoreExceptions()
          .until(() -> status(health) == 200);
    } finally {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly().waitFor();
    }
  }

  private static int status(URI uri) throws IOException, InterruptedException {
    try (HttpClient client = HttpClient.newHttpClient()) {
      HttpRequest request = HttpRequest.newBuilder(uri).timeout(Duration.ofSeconds(5)).build();
      return client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  @Test
  void node() throws IOException, InterruptedException {
    need("node", "node", "--version");
    want(
        "node 20 or newer",
        "node",
        "-e",
        "process.exit(process.versions.node.split('.')[0] < 20 ? 1 : 0)");
    put("package.json", "{\"name\":\"web\",\"scripts\":{\"start\":\"node src/server.js\"}}");
    put(
        "src/server.js",
        """
        const http = require('node:http');
        const answer = (url) => url === '/health' ? 200 : 404;
        module.exports = { answer };
        if (require.main === module) {
          http.createServer((q, s) => { s.statusCode = answer(q.url); s.end(); })
            .listen(process.env.PORT, '127.0.0.1');
        }
        """);
    put(
        "test/server.test.js",
        """
        const { test } = require('node:test');
        const assert = require('node:assert');
        const { answer } = require('../src/server.js');
        test('health', () => assert.equal(answer('/health'), 200));
        """);

    Service service = proposed();
    test(service, "src/server.js", 1, 2);
    serve(service);
  }

  @Test
  void python() throws IOException, InterruptedException {
    need("python3 with pytest and pytest-cov", "python3", "-c", "import pytest, pytest_cov");
    put("shop/__init__.py", "");
    put(
        "shop/__main__.py",
        """
        import os
        from http.server import BaseHTTPRequestHandler, HTTPServer

        def status(path):
            return 200 if path == "/healthz" else 404

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self):
                self.send_response(status(self.path))
                self.end_headers()

        def main():
            HTTPServer(("127.0.0.1", int(os.environ["PORT"])), Handler).serve_forever()

        if __name__ == "__main__":
            main()
        """);
    put("pyproject.toml", "[project]\nname = \"shop\"\n");
    put(
        "tests/test_status.py",
        "from shop.__main__ import status\n\ndef test_status():\n    assert status('/healthz') == 200\n");

    Service service = proposed();
    test(service, "shop/__main__.py", 1, 5);
    serve(service);
  }

  @Test
  void go() throws IOException, InterruptedException {
    want("go", "go", "version");
    put("go.mod", "module example.com/shop\n\ngo 1.18\n");
    put(
        "cmd/shop/main.go",
        """
        package main

        import (
        	"net/http"
        	"os"
        )

        func status(path string) int {
        	if path == "/healthz" {
        		return 200
        	}
        	return 404
        }

        func main() {
        	http.ListenAndServe("127.0.0.1:"+os.Getenv("PORT"), http.HandlerFunc(
        		func(w http.ResponseWriter, r *http.Request) { w.WriteHeader(status(r.URL.Path)) }))
        }
        """);
    put(
        "cmd/shop/main_test.go",
        "package main\n\nimport \"testing\"\n\nfunc TestStatus(t *testing.T) {\n\tif status(\"/healthz\") != 200 {\n\t\tt.Fatal()\n\t}\n}\n");

    Service service = proposed();
    test(service, "cmd/shop/main.go", 1, 10);
    serve(service);
  }

  @Test
  void maven() throws IOException, InterruptedException {
    need("mvn", "mvn", "-v");
    put(
        "pom.xml",
        """
        <project xmlns="http://maven.apache.org/POM/4.0.0">
          <modelVersion>4.0.0</modelVersion>
          <groupId>shop</groupId><artifactId>shop</artifactId><version>1</version>
          <properties>
            <maven.compiler.release>17</maven.compiler.release>
            <project.build.sourceEncoding>UTF-8</project.build.sourceEncoding>
          </properties>
          <dependencies>
            <dependency>
              <groupId>org.junit.jupiter</groupId><artifactId>junit-jupiter</artifactId>
              <version>6.1.3</version><scope>test</scope>
            </dependency>
          </dependencies>
          <build><pluginManagement><plugins>
            <plugin><artifactId>maven-resources-plugin</artifactId><version>3.4.0</version></plugin>
            <plugin><artifactId>maven-compiler-plugin</artifactId><version>3.16.0</version></plugin>
            <plugin><artifactId>maven-surefire-plugin</artifactId><version>3.6.1</version></plugin>
            <plugin><artifactId>maven-jar-plugin</artifactId><version>3.5.1</version></plugin>
          </plugins></pluginManagement></build>
        </project>
        """);
    put(
        "src/main/java/shop/Main.java",
        """
        package shop;

        import com.sun.net.httpserver.HttpServer;
        import java.net.InetSocketAddress;

        public final class Main {
          static int status(String path) {
            return path.equals("/health") ? 200 : 404;
          }

          public static void main(String[] args) throws Exception {
            int port = Integer.parseInt(System.getenv("PORT"));
            HttpServer server = HttpServer.create(new InetSocketAddress("127.0.0.1", port), 0);
            server.createContext("/", exchange -> {
              exchange.sendResponseHeaders(status(exchange.getRequestURI().getPath()), -1);
              exchange.close();
            });
            server.start();
          }
        }
        """);
    put(
        "src/test/java/shop/MainTest.java",
        """
        package shop;

        import static org.junit.jupiter.api.Assertions.assertEquals;

        import org.junit.jupiter.api.Test;

        class MainTest {
          @Test
          void health() {
            assertEquals(200, Main.status("/health"));
          }
        }
        """);

    Service service = proposed();
    test(service, "src/main/java/shop/Main.java", 1, 8);
    serve(service);
  }
}
