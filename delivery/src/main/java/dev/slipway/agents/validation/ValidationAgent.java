package dev.slipway.agents.validation;

import dev.slipway.agents.Agent;
import dev.slipway.agents.Assignment;
import dev.slipway.change.Stage;
import dev.slipway.policy.Check;
import dev.slipway.policy.Measurement;
import dev.slipway.policy.Report;
import dev.slipway.policy.Verdict;
import dev.slipway.policy.judge.ArmTraffic;
import dev.slipway.policy.judge.Regression;
import dev.slipway.project.Service;
import dev.slipway.telemetry.Baselines;
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
        compare(assignment, service, measurements, judged);
      }
    }
    return new Report(
        Stage.VALIDATION,
        NAME,
        List.of(),
        measurements,
        checks(assignment),
        judged,
        List.of(),
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
      List<Measurement> measurements,
      List<Verdict> judged) {
    String repository = assignment.pull().repository();
    Optional<ArmTraffic> now =
        baselines.measurement(repository, service.name(), assignment.candidate().commit());
    Optional<ArmTraffic> before = baselines.baseline(repository, service.name());
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
      judged.add(
          Regression.judge(
              service.name().value(),
              now.get(),
              before.get(),
              assignment.limits().regressionTolerance()));
    }
  }
}
