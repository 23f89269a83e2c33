package dev.slipway.bench.engine;

import dev.slipway.change.Candidate;
import dev.slipway.change.ChangeId;
import dev.slipway.change.CommitId;
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
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.LongConsumer;

/**
 * Stages that do nothing and pass, so that what is left is the engine. Measures hand-offs: from the
 * end of one act of a change to the begin of its next.
 */
final class EmptyStages implements Performer {
  private final Service.Kind kind;
  private final int risk;
  private final Duration time;
  private final LongConsumer handOffNanos;
  private final Map<ChangeId, Long> ended = new ConcurrentHashMap<>();

  /**
   * @param risk what the review finds, 1 to 10; above 6 a person is asked
   * @param time how long an act takes on average: half to one and a half of it
   */
  EmptyStages(Service.Kind kind, int risk, Duration time, LongConsumer handOffNanos) {
    this.kind = kind;
    this.risk = risk;
    this.time = time;
    this.handOffNanos = handOffNanos;
  }

  static Signal open(ChangeId id) {
    return new Signal.Open(
        new PullRequest(
            id,
            "/srv/git/orders.git",
            "feature/" + id,
            new CommitId("a".repeat(40)),
            "main",
            "A change of usual size",
            "Why it is made, in a sentence or two, as people write it.",
            Person.human("ada"),
            PullRequest.Origin.SAME_REPOSITORY),
        Options.NONE);
  }

  @Override
  public Result perform(Act act) throws InterruptedException {
    return switch (act) {
      case Act.Prepare it -> handOver(it.of().pull().id(), prepared(it));
      case Act.Inspect it -> handOver(it.of().pull().id(), reported(it.stage()));
      case Act.AddTests it -> handOver(it.of().pull().id(), new Result.TestsAdded());
      case Act.Build it -> handOver(it.of().pull().id(), new Result.Built(Map.of()));
      case Act.DeployToStaging it -> handOver(it.of().pull().id(), new Result.Moved(Map.of()));
      case Act.InstallBase it -> handOver(it.of().pull().id(), new Result.Moved(Map.of()));
      case Act.Shift it -> handOver(it.of().pull().id(), new Result.Moved(Map.of()));
      case Act.Merge it -> handOver(it.of().pull().id(), new Result.Merged());
      case Act.Promote it -> handOver(it.of().pull().id(), new Result.Moved(Map.of()));
      case Act.RollBack it -> handOver(it.of().pull().id(), Result.RolledBack.seen());
      case Act.Withdraw it -> handOver(it.of().pull().id(), Result.RolledBack.seen());
      case Act.Keep ignored -> new Result.Noted();
      case Act.Tell ignored -> new Result.Noted();
      case Act.Escalate ignored -> new Result.Noted();
      case Act.Revert ignored -> new Result.Noted();
      case Act.ReportIncident ignored -> new Result.Noted();
      case Act.Alarm ignored -> new Result.Noted();
      case Act.HoldLease ignored -> throw new IllegalArgumentException("not a performer's");
      case Act.Timer ignored -> throw new IllegalArgumentException("not a performer's");
    };
  }

  private Result handOver(ChangeId id, Result result) throws InterruptedException {
    Long before = ended.get(id);
    if (before != null) {
      handOffNanos.accept(System.nanoTime() - before);
    }
    if (time.isPositive()) {
      Thread.sleep(
          time.dividedBy(2).plusNanos(ThreadLocalRandom.current().nextLong(time.toNanos())));
    }
    if (result instanceof Result.Merged) {
      ended.remove(id);
    } else {
      ended.put(id, System.nanoTime());
    }
    return result;
  }

  /** Every change is of a service of its own, so that no lease makes it wait for another. */
  private Result prepared(Act.Prepare prepare) {
    PullRequest pull = prepare.of().pull();
    return new Result.Prepared(
        new Candidate(new CommitId("c".repeat(40)), pull.head(), new CommitId("b".repeat(40))),
        new ChangePlan(
            List.of(
                new ServicePlan(
                    new ServiceName(pull.id().value()),
                    kind,
                    new RolloutPlan(
                        List.of(new RolloutPlan.Step(Share.ALL, Duration.ZERO)),
                        List.of(Environment.PRODUCTION)))),
            Thresholds.DEFAULT,
            List.of(),
            "sha256:" + "e".repeat(64)));
  }

  private Result reported(Stage stage) {
    return new Result.Reported(report(stage), "sha256:" + "d".repeat(64));
  }

  private Report report(Stage stage) {
    return switch (stage) {
      case REVIEW ->
          report(
              stage,
              List.of(new Measurement.Value("review.risk", risk, Unit.SCORE)),
              List.of(),
              List.of());
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

  private static Report report(
      Stage stage, List<Measurement> measurements, List<Check> checks, List<Verdict> judged) {
    return new Report(stage, "bench", List.of(), measurements, checks, judged, List.of(), Map.of());
  }
}
