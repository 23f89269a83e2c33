package dev.slipway.agents.validation;

import dev.slipway.agents.Agent;
import dev.slipway.agents.Assignment;
import dev.slipway.change.Stage;
import dev.slipway.policy.Check;
import dev.slipway.policy.Measurement;
import dev.slipway.policy.Report;
import dev.slipway.policy.Verdict;
import dev.slipway.policy.judge.ArmTraffic;
import dev.slipway.policy.judge.Factors;
import dev.slipway.policy.judge.Forecast;
import dev.slipway.policy.judge.Regression;
import dev.slipway.project.Service;
import dev.slipway.telemetry.Baselines;
import dev.slipway.telemetry.StagingRun;
import dev.slipway.workspace.EndpointCommand;
import dev.slipway.workspace.Workspace;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Runs the integration tests against staging and compares what staging showed with the baseline.
 */
public final class ValidationAgent implements Agent {
  private static final String NAME = "validation/1";

  private final EndpointCommand commands;
  private final Baselines baselines;

  public ValidationAgent(Workspace workspace, Baselines baselines) {
    this.commands = new EndpointCommand(workspace);
    this.baselines = baselines;
  }

  @Override
  public Stage stage() {
    return Stage.VALIDATION;
  }

  @Override
  public Report run(Assignment assignment) {
    List<Measurement> measurements = new ArrayList<>();
    List<Verdict> judged = new ArrayList<>();
    List<String> notes = new ArrayList<>();
    for (Service service : assignment.services()) {
      URI endpoint = assignment.endpoints().get(service.name());
      if (endpoint == null) {
        continue;
      }
      if (service.integration().isEmpty()) {
        measurements.add(
            new Measurement.NotApplicable(
                "validation.integration " + service.name(),
                "the base branch's configuration has no integration command"));
      }
      if (service.kind() == Service.Kind.HTTP) {
        Optional<StagingRun> now =
            baselines.measurement(
                assignment.pull().repository(), service.name(), assignment.candidate().commit());
        compare(assignment, service, now, measurements, judged);
        forecast(assignment, service, measurements, judged, notes);
      }
    }
    return new Report(
        Stage.VALIDATION,
        NAME,
        List.of(),
        measurements,
        checks(assignment),
        judged,
        notes,
        Map.of());
  }

  @Override
  public List<Check> checks(Assignment assignment) {
    List<Check> checks = new ArrayList<>();
    for (Service service : assignment.services()) {
      URI endpoint = assignment.endpoints().get(service.name());
      if (endpoint != null && service.integration().isPresent()) {
        checks.add(
            commands.run(
                service.name() + " integration tests",
                assignment.pull().repository(),
                assignment.candidate().commit(),
                service.integration().get(),
                endpoint));
      }
    }
    return checks;
  }

  private void compare(
      Assignment assignment,
      Service service,
      Optional<StagingRun> now,
      List<Measurement> measurements,
      List<Verdict> judged) {
    // A staging that differs more or less from production than it did is no change of the service.
    Factors factors = now.map(StagingRun::factors).orElse(Factors.NONE);
    List<StagingRun> before =
        baselines.baselines(assignment.pull().repository(), service.name()).stream()
            .map(run -> run.in(factors))
            .toList();
    String name = "validation.latency_ratio " + service.name();
    if (now.isEmpty()) {
      measurements.add(new Measurement.NoData(name, "staging measured nothing of this candidate"));
    } else if (before.isEmpty()) {
      measurements.add(
          new Measurement.NotApplicable(
              name,
              "no version of "
                  + service.name()
                  + " has shipped from here yet: this one becomes the first baseline"));
    } else {
      double tolerance = assignment.limits().regressionTolerance();
      judged.add(
          Regression.judge(
              service.name().value(),
              now.get().total(),
              before.stream().map(StagingRun::total).toList(),
              tolerance));
      judged.addAll(endpoints(service, now.get(), before, tolerance));
    }
  }

  /** A slow endpoint hides among quick ones that are asked more often: each beside itself. */
  private static List<Verdict> endpoints(
      Service service, StagingRun now, List<StagingRun> before, double tolerance) {
    List<Verdict> judged = new ArrayList<>();
    now.endpoints()
        .forEach(
            (endpoint, traffic) -> {
              List<ArmTraffic> runs =
                  before.stream()
                      .flatMap(run -> Optional.ofNullable(run.endpoints().get(endpoint)).stream())
                      .toList();
              boolean comparable =
                  !runs.isEmpty() && traffic.latencies().count() >= Regression.REQUESTS_MIN;
              if (now.endpoints().size() > 1 && comparable) {
                judged.add(
                    Regression.judge(service.name() + " " + endpoint, traffic, runs, tolerance));
              }
            });
    return judged;
  }

  /**
   * What staging's number means for production. A version that would be too slow there, even at the
   * lower end of the interval, is a person's to judge.
   */
  private void forecast(
      Assignment assignment,
      Service service,
      List<Measurement> measurements,
      List<Verdict> judged,
      List<String> notes) {
    Optional<Forecast> found =
        baselines.forecast(
            assignment.pull().repository(), service.name(), assignment.candidate().commit());
    if (found.isEmpty()) {
      return;
    }
    Forecast forecast = found.get();
    notes.add(forecast.describe(service.name().value()));
    measurements.add(
        Measurement.of(
            "validation.predicted_p99_ms " + service.name(),
            forecast.expected(),
            Measurement.Unit.MILLISECONDS));
    Verdict verdict = forecast.judge(service.name().value(), assignment.limits().latencyP99Max());
    if (!verdict.reasons().isEmpty()) {
      judged.add(verdict);
    }
  }
}
