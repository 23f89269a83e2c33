package dev.slipway.agents.deployment;

import dev.slipway.agents.Assignment;
import dev.slipway.agents.Assignment.Watch;
import dev.slipway.change.Stage;
import dev.slipway.policy.Measurement;
import dev.slipway.policy.Measurement.Unit;
import dev.slipway.policy.Report;
import dev.slipway.policy.Share;
import dev.slipway.policy.Verdict;
import dev.slipway.policy.judge.ArmTraffic;
import dev.slipway.policy.judge.CanaryJudge;
import dev.slipway.policy.judge.Interval;
import dev.slipway.policy.judge.JudgeLimits;
import dev.slipway.policy.judge.JudgeLimits.BaselineUse;
import dev.slipway.policy.judge.MetricResult;
import dev.slipway.policy.judge.Standing;
import dev.slipway.project.Service;
import dev.slipway.telemetry.Baselines;
import dev.slipway.telemetry.FlagChanges;
import dev.slipway.telemetry.MetricSource;
import dev.slipway.telemetry.Observation;
import dev.slipway.telemetry.Ticker;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Watches one share of one slot for its window. Everything since the share began is asked for again
 * after a restart, so the verdict does not depend on who watched. A flag's change that is told late
 * has the same effect: what was judged without it is judged again.
 */
public final class CanaryWatch {
  private final MetricSource metrics;
  private final Ticker ticker;
  private final Baselines baselines;
  private final FlagChanges flags;

  public CanaryWatch(MetricSource metrics, Ticker ticker, Baselines baselines, FlagChanges flags) {
    this.metrics = metrics;
    this.ticker = ticker;
    this.baselines = baselines;
    this.flags = flags;
  }

  Report watch(String agent, Assignment assignment, Watch watch) throws InterruptedException {
    boolean worker =
        assignment.services().stream()
            .filter(service -> service.name().equals(watch.slot().service()))
            .anyMatch(service -> service.kind() != Service.Kind.HTTP);
    if (worker) {
      return report(
          agent,
          watch,
          new Verdict.NotApplicable(watch.slot().service() + " serves no traffic to split"),
          List.of());
    }
    Optional<Report> report = Optional.empty();
    while (report.isEmpty()) {
      report = judged(agent, assignment, watch);
    }
    return report.get();
  }

  /** Empty if something came to light that makes what was judged so far void. */
  private Optional<Report> judged(String agent, Assignment assignment, Watch watch)
      throws InterruptedException {
    Duration interval = metrics.resolution();
    // Sources count in whole seconds.
    Instant start = watch.since().truncatedTo(ChronoUnit.SECONDS).plusSeconds(1);
    Confounders confounders = new Confounders(flags, watch.slot(), start);
    CanaryJudge judge = CanaryJudge.begin(limits(assignment, watch), start);
    ArmTraffic canary = ArmTraffic.NONE;
    Instant end = start.plus(watch.window());
    for (Instant from = start; ; from = from.plus(interval)) {
      Instant to = from.plus(interval);
      ticker.await(to.plus(metrics.settling()));
      if (confounders.cameLate(from, to)) {
        return Optional.empty();
      }
      Interval seen = interval(watch, from, to, confounders);
      if (seen instanceof Interval.Measured measured) {
        canary = canary.plus(measured.canary());
      }
      Standing standing = judge.observe(seen);
      if (standing instanceof Standing.Undecided && !to.isBefore(end)) {
        standing = judge.conclude(to);
        if (standing instanceof Standing.MoreTime) {
          end = end.plus(watch.window());
        }
      }
      if (standing instanceof Standing.Decided decided) {
        baselines.observed(
            assignment.pull().repository(),
            watch.slot().service(),
            assignment.candidate().commit(),
            canary);
        return Optional.of(
            report(agent, watch, decided.verdict(), decided.metrics()).noting(confounders.notes()));
      }
    }
  }

  private static JudgeLimits limits(Assignment assignment, Watch watch) {
    JudgeLimits limits = JudgeLimits.of(assignment.limits()).withWindow(watch.window());
    // At 100 % there is no stable version left to compare with.
    return watch.share().equals(Share.ALL) ? limits.withBaseline(BaselineUse.OPTIONAL) : limits;
  }

  private Interval interval(Watch watch, Instant from, Instant to, Confounders confounders) {
    Optional<String> confounded = confounders.in(from, to);
    if (confounded.isPresent()) {
      return new Interval.Confounded(from, to, confounded.get());
    }
    return switch (metrics.observe(watch.slot(), from, to)) {
      case Observation.Seen seen -> new Interval.Measured(from, to, seen.canary(), seen.baseline());
      case Observation.NoData noData -> new Interval.Missed(from, to, noData.reason());
    };
  }

  private static Report report(
      String agent, Watch watch, Verdict verdict, List<MetricResult> metrics) {
    List<Measurement> measurements = new ArrayList<>();
    List<String> notes = new ArrayList<>();
    notes.add(watch.slot() + " at " + watch.share() + " for " + watch.window());
    for (MetricResult metric : metrics) {
      notes.add(metric.name() + ": " + metric.verdict().label() + ": " + metric.message());
      metric
          .canary()
          .ifPresent(
              value ->
                  measurements.add(Measurement.of("canary." + metric.name(), value, unit(metric))));
      metric
          .baseline()
          .ifPresent(
              value ->
                  measurements.add(
                      Measurement.of("baseline." + metric.name(), value, unit(metric))));
    }
    return new Report(
        Stage.DEPLOYMENT,
        agent,
        List.of(),
        measurements,
        List.of(),
        List.of(verdict),
        notes,
        Map.of());
  }

  private static Unit unit(MetricResult metric) {
    return metric.name().startsWith("latency") ? Unit.MILLISECONDS : Unit.RATIO;
  }
}
