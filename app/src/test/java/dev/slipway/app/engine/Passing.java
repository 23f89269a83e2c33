package dev.slipway.app.engine;

import dev.slipway.change.Candidate;
import dev.slipway.change.ChangeId;
import dev.slipway.change.CommitId;
import dev.slipway.change.Digest;
import dev.slipway.change.Environment;
import dev.slipway.change.Person;
import dev.slipway.change.PullRequest;
import dev.slipway.change.ServiceName;
import dev.slipway.change.Stage;
import dev.slipway.pipeline.Act;
import dev.slipway.pipeline.ChangePlan;
import dev.slipway.pipeline.ChangePlan.ServicePlan;
import dev.slipway.pipeline.Options;
import dev.slipway.pipeline.Performer;
import dev.slipway.pipeline.Result;
import dev.slipway.pipeline.Signal;
import dev.slipway.policy.Check;
import dev.slipway.policy.Measurement;
import dev.slipway.policy.Measurement.Unit;
import dev.slipway.policy.Report;
import dev.slipway.policy.Share;
import dev.slipway.policy.Thresholds;
import dev.slipway.policy.Verdict;
import dev.slipway.project.RolloutPlan;
import dev.slipway.project.Service;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** Does every act at once, with the best of outcomes; every change is of one service. */
record Passing(ServiceName service, Service.Kind kind) implements Performer {
  static final Person AUTHOR = Person.human("ada");
  static final Person REVIEWER = Person.human("grace");

  static CommitId head(ChangeId id) {
    return new CommitId(
        Digest.of(id.value().getBytes(StandardCharsets.UTF_8)).hex().substring(0, 40));
  }

  static Signal.Open open(ChangeId id) {
    return open(id, 0);
  }

  static Signal.Open open(ChangeId id, int priority) {
    return open(id, Options.NONE.withPriority(priority));
  }

  static Signal.Open open(ChangeId id, Options options) {
    return new Signal.Open(
        new PullRequest(
            id,
            "/repo",
            "feature-" + id,
            head(id),
            "main",
            "Change " + id,
            "",
            AUTHOR,
            PullRequest.Origin.SAME_REPOSITORY),
        options);
  }

  ChangePlan plan() {
    return new ChangePlan(
        List.of(
            new ServicePlan(
                service,
                kind,
                new RolloutPlan(
                    List.of(
                        new RolloutPlan.Step(Share.percent(5), Duration.ofMinutes(10)),
                        new RolloutPlan.Step(Share.ALL, Duration.ofMinutes(2))),
                    List.of(Environment.PRODUCTION)))),
        Thresholds.DEFAULT,
        List.of(),
        "sha256:config");
  }

  @Override
  public Result perform(Act act) throws InterruptedException {
    return switch (act) {
      case Act.Prepare prepare ->
          new Result.Prepared(
              new Candidate(
                  new CommitId("c".repeat(40)),
                  prepare.of().pull().head(),
                  new CommitId("b".repeat(40))),
              plan());
      case Act.Inspect inspect ->
          new Result.Reported(report(inspect.stage()), "sha256:" + "d".repeat(64));
      case Act.AddTests ignored -> new Result.TestsAdded();
      case Act.Build ignored -> new Result.Built(Map.of());
      case Act.DeployToStaging ignored -> new Result.Moved(Map.of());
      case Act.InstallBase ignored -> new Result.Moved(Map.of());
      case Act.Shift ignored -> new Result.Moved(Map.of());
      case Act.Merge ignored -> new Result.Merged();
      case Act.Promote ignored -> new Result.Moved(Map.of());
      case Act.RollBack ignored -> Result.RolledBack.seen();
      case Act.Withdraw ignored -> Result.RolledBack.seen();
      case Act.Keep ignored -> new Result.Noted();
      case Act.Tell ignored -> new Result.Noted();
      case Act.Escalate ignored -> new Result.Noted();
      case Act.Revert ignored -> new Result.Noted();
      case Act.ReportIncident ignored -> new Result.Noted();
      case Act.Alarm ignored -> new Result.Noted();
      case Act.HoldLease ignored -> throw new AssertionError("leases are the engine's");
      case Act.Timer ignored -> throw new AssertionError("timers are the engine's");
    };
  }

  private static Report report(Stage stage) {
    return switch (stage) {
      case REVIEW -> risk(2);
      case TEST ->
          report(
              stage,
              List.of(
                  new Measurement.Value("tests.executed", 12, Unit.COUNT),
                  new Measurement.Value("coverage.changed_lines", 0.95, Unit.RATIO)),
              List.of(),
              List.of());
      case STAGING, VALIDATION ->
          report(
              stage,
              List.of(),
              List.of(new Check("it works", Check.Outcome.PASSED, "a check")),
              List.of());
      case DEPLOYMENT -> report(stage, List.of(), List.of(), List.of(new Verdict.Pass()));
    };
  }

  static Report risk(int risk) {
    return report(
        Stage.REVIEW,
        List.of(new Measurement.Value("review.risk", risk, Unit.SCORE)),
        List.of(),
        List.of());
  }

  private static Report report(
      Stage stage, List<Measurement> measurements, List<Check> checks, List<Verdict> judged) {
    return new Report(stage, "test", List.of(), measurements, checks, judged, List.of(), Map.of());
  }
}
