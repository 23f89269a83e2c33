package dev.slipway.app;

import dev.slipway.app.processes.ProcessTarget;
import dev.slipway.target.DeployTarget;
import dev.slipway.target.DeployTargetContract;
import dev.slipway.target.Rollout;
import dev.slipway.target.TrafficRouter;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** Real processes behind a traffic router keep the target's contract. */
public abstract class ProcessTargetContract extends DeployTargetContract {
  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  @TempDir protected Path directory;
  private Greeters greeters;

  @BeforeEach
  void makeGreeters() {
    greeters = new Greeters(SLOT, directory);
  }

  @AfterEach
  void endGreeters() throws IOException {
    http.close();
    Greeters.end(directory);
  }

  /** The router under test, opened anew at every call. */
  protected abstract TrafficRouter router();

  @Override
  protected DeployTarget target() {
    return new ProcessTarget(directory.resolve("target"), router(), greeters.artifacts());
  }

  @Override
  protected Rollout version(String name) {
    return greeters.version(name);
  }

  @Override
  protected Rollout broken() {
    return greeters.broken();
  }

  @Override
  protected String answer(URI endpoint) {
    return Greeters.get(http, URI.create(endpoint + "/")).body();
  }
}
