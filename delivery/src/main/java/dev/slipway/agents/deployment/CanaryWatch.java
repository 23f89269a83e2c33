package dev.slipway.agents.deployment;

import dev.slipway.agents.Assignment;
import dev.slipway.agents.Assignment.Watch;
import dev.slipway.change.Stage;
import dev.slipway.evidence.EvidenceStore;
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
import dev.slipway.telemetry.RecordingText;
import dev.slipway.telemetry.Ticker;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * Watches one share of one slot for its window. Everything since the share began is asked for again
 * after a restart, so the verdict does not depend on who watched. A flag's change that is told late
 * has the same effect: what was judged without it is judged again. What was seen is kept as
 * evidence, in the form that {@code slipway judge} reads.
 */
public final class CanaryWatch {
  private final MetricSource metrics;
  private final Ticker ticker;
  private final Baselines baselines;
  private final FlagChanges flags;
  private final EvidenceStore evidence;

  public CanaryWatch(
      MetricSource metrics,
      Ticker ticker,
      Baselines baselines,
      FlagChanges flags,
      EvidenceStore evidence) {
    this.metrics = metrics;
    this.ticker = ticker;
    this.baselines = baselines;
    this.flags = flags;
    this.evidence = evidence;
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
          List.of(),
          Map.of());
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
    WatchLog log = new WatchLog();
    ArmTraffic canary = ArmTraffic.NONE;
    Instant end = start.plus(watch.window());
    for (Instant from = start; ; from = from.plus(interval)) {
      Instant to = from.plus(interval);
      ticker.await(to.plus(metrics.settling()));
      if (confounders.cameLate(from, to)) {
        return Optional.empty();
      }
      Interval seen = interval(watch, from, to, confounders);
      log.add(seen);
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
            report(agent, watch, decided.verdict(), decided.metrics(), kept(log))
                .noting(confounders.notes()));
      }
    }
  }

  private static JudgeLimits limits(Assignment assignment, Watch watch) {
    JudgeLimits limits = JudgeLimits.of(assignment.limits()).withWindow(watch.window());
    // At 100 % there is no stable version left to compare with.
    return watch.share().equals(Share.ALL) ? limits.withBaseline(BaselineUse.OPTIONAL) : limits;
  }

  private Interval interval(Watch watch, Instant from, Instant to, Confounders confounders) {
    return confounders
        .in(from, to)
        .<Interval>map(why -> new Interval.Confounded(from, to, why))
        .orElseGet(() -> metrics.observe(watch.slot(), from, to).over(from, to));
  }

  private Map<String, String> kept(WatchLog log) {
    return log.recording()
        .map(it -> evidence.keep(RecordingText.of(it).getBytes(StandardCharsets.UTF_8)))
        .map(digest -> Map.of(Report.RECORDING, digest.toString()))
        .orElse(Map.of());
  }

  private static Report report(
      String agent,
      Watch watch,
      Verdict verdict,
      List<MetricResult> metrics,
      Map<String, String> evidence) {
    List<Measurement> measurements = new ArrayList<>();
    List<String> notes = new ArrayList<>();
    notes.add(watch.slot() + " at " + watch.share() + " for " + watch.window());
    for (MetricResult metric : metrics) {
      notes.add(metric.name() + ": " + metric.verdict().label() + ": " + metric.message());
      measurements.addAll(measurements(metric));
    }
    return new Report(
        Stage.DEPLOYMENT,
        agent,
        List.of(),
        measurements,
        List.of(),
        List.of(verdict),
        notes,
        evidence);
  }

  private static List<Measurement> measurements(MetricResult metric) {
    List<Measurement> measurements = new ArrayList<>();
    measured(measurements, "canary.", metric, metric.canary());
    measured(measurements, "baseline.", metric, metric.baseline());
    measured(measurements, "limit.", metric, metric.limit());
    return measurements;
  }

  private static void measured(
      List<Measurement> measurements, String of, MetricResult metric, OptionalDouble value) {
    value.ifPresent(it -> measurements.add(Measurement.of(of + metric.name(), it, unit(metric))));
  }

  private static Unit unit(MetricResult metric) {
    return metric.name().startsWith("latency") ? Unit.MILLISECONDS : Unit.RATIO;
  }
}
