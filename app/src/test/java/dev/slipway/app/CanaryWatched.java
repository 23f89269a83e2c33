package dev.slipway.app;

import dev.slipway.agents.Assignment;
import dev.slipway.agents.Assignments;
import dev.slipway.agents.deployment.CanaryWatch;
import dev.slipway.agents.deployment.DeploymentAgent;
import dev.slipway.agents.deployment.FreezeCalendar;
import dev.slipway.agents.deployment.Trouble;
import dev.slipway.app.http.SystemTicker;
import dev.slipway.evidence.EvidenceStore;
import dev.slipway.evidence.FakeEvidenceStore;
import dev.slipway.policy.Report;
import dev.slipway.target.FakeReleases;
import dev.slipway.target.Slots;
import dev.slipway.telemetry.FakeBaselines;
import dev.slipway.telemetry.FakeFlagChanges;
import dev.slipway.telemetry.MetricSource;
import dev.slipway.telemetry.Ticker;
import dev.slipway.workspace.FakeSandbox;
import dev.slipway.workspace.FakeWorkspace;
import java.nio.file.Path;
import java.util.List;

/** A canary in traffic, watched as the pipeline does it. */
public final class CanaryWatched {
  private CanaryWatched() {}

  /** What the deployment agent says of the canary at the end of the watch. */
  public static Report report(Slots slots, MetricSource metrics, Assignment.Watch watch)
      throws InterruptedException {
    return report(slots, metrics, watch, new SystemTicker(), new FakeEvidenceStore());
  }

  /** The same at the ticker's time, with what is kept of it. */
  public static Report report(
      Slots slots,
      MetricSource metrics,
      Assignment.Watch watch,
      Ticker ticker,
      EvidenceStore evidence)
      throws InterruptedException {
    FakeReleases releases = new FakeReleases();
    return new DeploymentAgent(
            slots,
            releases,
            new FakeWorkspace(Path.of("unused"), new FakeSandbox()),
            new CanaryWatch(metrics, ticker, new FakeBaselines(), new FakeFlagChanges(), evidence),
            new FreezeCalendar(List.of(), ticker::now),
            new Trouble(metrics, slots, releases, ticker),
            new FakeBaselines())
        .run(Assignments.watching("", watch));
  }
}
