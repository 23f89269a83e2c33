package dev.slipway.app.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.File;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An edge that is kept running, started with a class path as a person would write it. */
class EdgeSupervisorTest {
  private static final RouteName NAME = new RouteName("test", "kept");

  @Test
  void anEdgeThatDiedRunsAgainWithItsRoutesAndPorts(@TempDir Path dir) throws Exception {
    EdgeProcess.Launch launch =
        EdgeProcess.Launch.with(Path.of(System.getProperty("java.home")), relative());
    try (TestInstance instance = TestInstance.start("one");
        HttpClient http = HttpClient.newHttpClient();
        EdgeSupervisor supervisor = EdgeSupervisor.start(launch, dir)) {
      EdgeProcess first = supervisor.edge();
      try (EdgeClient client = first.client()) {
        RouteSpec spec =
            new RouteSpec(
                new Epoch(1, 1),
                Optional.empty(),
                List.of(instance.address()),
                List.of(),
                0,
                Optional.empty());
        RouteView route = ((Obeyed.Yes) client.put(NAME, spec)).route();

        ProcessHandle.of(first.address().pid()).orElseThrow().destroyForcibly();
        await()
            .atMost(EdgeFixture.PATIENCE)
            .until(() -> supervisor.edge().address().pid() != first.address().pid());

        EdgeAddress again = supervisor.edge().address();
        assertThat(again.adminPort()).isEqualTo(first.address().adminPort());
        assertThat(again.metricsPort()).isEqualTo(first.address().metricsPort());
        URI uri = URI.create("http://" + route.listen() + "/");
        HttpRequest request = HttpRequest.newBuilder(uri).build();
        assertThat(http.send(request, HttpResponse.BodyHandlers.ofString()).body())
            .isEqualTo("one");
        assertThat(client.route(NAME)).isPresent();
      }
      supervisor.close();
      assertThat(supervisor.edge().isAlive()).isTrue();
      supervisor.edge().stop(EdgeFixture.PATIENCE);
    }
  }

  /** This test's class path, relative to where it runs. */
  private static String relative() {
    Path here = Path.of("").toAbsolutePath();
    return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
        .map(entry -> here.relativize(Path.of(entry).toAbsolutePath()).toString())
        .collect(Collectors.joining(File.pathSeparator));
  }
}
