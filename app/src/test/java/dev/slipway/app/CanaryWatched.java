package dev.slipway.app;

import dev.slipway.agents.Assignment;
import dev.slipway.agents.deployment.CanaryWatch;
import dev.slipway.agents.deployment.DeploymentAgent;
import dev.slipway.agents.deployment.FreezeCalendar;
import dev.slipway.agents.deployment.Trouble;
import dev.slipway.app.http.SystemTicker;
import dev.slipway.change.Candidate;
import dev.slipway.change.ChangeId;
import dev.slipway.change.CommitId;
import dev.slipway.change.Digest;
import dev.slipway.change.Person;
import dev.slipway.change.PullRequest;
import dev.slipway.evidence.FakeEvidenceStore;
import dev.slipway.policy.Report;
import dev.slipway.policy.Thresholds;
import dev.slipway.project.Budget;
import dev.slipway.project.Project;
import dev.slipway.target.FakeReleases;
import dev.slipway.target.Slots;
import dev.slipway.telemetry.FakeBaselines;
import dev.slipway.telemetry.FakeFlagChanges;
import dev.slipway.telemetry.MetricSource;
import dev.slipway.workspace.FakeSandbox;
import dev.slipway.workspace.FakeWorkspace;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A canary in traffic, watched as the pipeline does it. */
public final class CanaryWatched {
  private CanaryWatched() {}

  /** What the deployment agent says of the canary at the end of the watch. */
  public static Report report(Slots slots, MetricSource metrics, Assignment.Watch watch)
      throws InterruptedException {
    CommitId commit = new CommitId("a".repeat(40));
    PullRequest pull =
        new PullRequest(
            new ChangeId("greeter#1"),
            "/greeter",
            "bad",
            commit,
            "main",
            "",
            "",
            Person.human("ada@example.com"),
            PullRequest.Origin.SAME_REPOSITORY);
    Project project =
        new Project(
            List.of(),
            Thresholds.DEFAULT,
            List.of(),
            List.of(),
            List.of(),
            Optional.empty(),
            Map.of(),
            Budget.DEFAULT,
            Digest.of(new byte[0]));
    Assignment assignment =
        new Assignment(
            pull,
            new Candidate(commit, commit, commit),
            project,
            Thresholds.DEFAULT,
            List.of(),
            Map.of(),
            Map.of(),
            Optional.empty(),
            Optional.empty(),
            Optional.of(watch),
            Optional.empty());
    FakeReleases releases = new FakeReleases();
    return new DeploymentAgent(
            slots,
            releases,
            new FakeWorkspace(Path.of("unused"), new FakeSandbox()),
            new CanaryWatch(
                metrics,
                new SystemTicker(),
                new FakeBaselines(),
                new FakeFlagChanges(),
                new FakeEvidenceStore()),
            new FreezeCalendar(List.of(), InstantSource.system()),
            new Trouble(metrics, slots, releases, new SystemTicker()),
            new FakeBaselines())
        .run(assignment);
  }
}
