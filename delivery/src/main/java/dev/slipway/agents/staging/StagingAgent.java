package dev.slipway.agents.staging;

import dev.slipway.agents.Agent;
import dev.slipway.agents.Assignment;
import dev.slipway.change.Stage;
import dev.slipway.policy.Check;
import dev.slipway.policy.Measurement;
import dev.slipway.policy.Measurement.Unit;
import dev.slipway.policy.Report;
import dev.slipway.policy.judge.ArmTraffic;
import dev.slipway.project.Service;
import dev.slipway.project.Smoke;
import dev.slipway.project.StagingPlan;
import dev.slipway.telemetry.Baselines;
import dev.slipway.telemetry.Prober;
import dev.slipway.telemetry.StagingRun;
import dev.slipway.workspace.EndpointCommand;
import dev.slipway.workspace.Workspace;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;

/** Smoke-tests every service the change concerns in staging, then measures it under load. */
public final class StagingAgent implements Agent {
  private static final String NAME = "staging/1";

  private final EndpointCommand commands;
  private final Prober prober;
  private final Baselines baselines;

  public StagingAgent(Workspace workspace, Prober prober, Baselines baselines) {
    this.commands = new EndpointCommand(workspace);
    this.prober = prober;
    this.baselines = baselines;
  }

  @Override
  public Stage stage() {
    return Stage.STAGING;
  }

  @Override
  public Report run(Assignment assignment) throws InterruptedException {
    List<Check> checks = new ArrayList<>();
    List<Measurement> measurements = new ArrayList<>();
    List<String> notes = new ArrayList<>();
    for (Service service : assignment.services()) {
      URI endpoint = assignment.endpoints().get(service.name());
      if (endpoint == null) {
        notes.add(service.name() + " (" + service.kind().label() + ") does not run in staging");
        continue;
      }
      // The deploy target returned only once the version was healthy.
      checks.add(
          new Check(service.name() + " healthy", Check.Outcome.PASSED, "answers at " + endpoint));
      if (service.kind() == Service.Kind.HTTP) {
        List<Check> smoke = smoke(assignment, service, endpoint);
        checks.addAll(smoke);
        if (smoke.stream().allMatch(check -> check.outcome() == Check.Outcome.PASSED)) {
          measurements.addAll(measure(assignment, service, endpoint, notes));
        }
      }
    }
    return new Report(
        Stage.STAGING, NAME, List.of(), measurements, checks, List.of(), notes, Map.of());
  }

  @Override
  public List<Check> checks(Assignment assignment) throws InterruptedException {
    List<Check> checks = new ArrayList<>();
    for (Service service : assignment.services()) {
      URI endpoint = assignment.endpoints().get(service.name());
      if (endpoint != null && service.kind() == Service.Kind.HTTP) {
        checks.addAll(smoke(assignment, service, endpoint));
      }
    }
    return checks;
  }

  private List<Check> smoke(Assignment assignment, Service service, URI endpoint)
      throws InterruptedException {
    List<Check> checks = new ArrayList<>();
    for (Smoke.HttpCheck check : service.smoke().http()) {
      Check tried = prober.check(endpoint, check);
      checks.add(new Check(service.name() + " " + tried.name(), tried.outcome(), tried.message()));
    }
    if (service.smoke().command().isPresent()) {
      checks.add(
          commands.run(
              service.name() + " smoke command",
              assignment.pull().repository(),
              assignment.candidate().commit(),
              service.smoke().command().get(),
              endpoint));
    }
    return checks;
  }

  /** What the configuration asks for; where it names no request, the health path. */
  private static StagingPlan load(Service service) {
    StagingPlan plan = service.staging();
    String health = service.run().map(Service.Run::health).orElse("/");
    return plan.requests().isEmpty() ? plan.asking(List.of(StagingPlan.Request.get(health))) : plan;
  }

  private List<Measurement> measure(
      Assignment assignment, Service service, URI endpoint, List<String> notes)
      throws InterruptedException {
    Duration duration = assignment.measure().orElse(service.staging().measure());
    StagingRun run = prober.drive(endpoint, load(service), duration);
    baselines.measured(
        assignment.pull().repository(), service.name(), assignment.candidate().commit(), run);
    run.endpoints().forEach((asked, seen) -> notes.add(text(service, asked, seen)));
    ArmTraffic traffic = run.total();
    String error = "staging.error_rate " + service.name();
    String p99 = "staging.latency_p99_ms " + service.name();
    if (traffic.requests() == 0) {
      return List.of(new Measurement.NoData(error, "no request was answered in " + duration));
    }
    OptionalDouble quantile = traffic.p99();
    return List.of(
        new Measurement.Value(error, (double) traffic.errors() / traffic.requests(), Unit.RATIO),
        quantile.isPresent()
            ? Measurement.of(p99, quantile.getAsDouble(), Unit.MILLISECONDS)
            : new Measurement.NoData(p99, "no latency was measured"));
  }

  private static String text(Service service, String endpoint, ArmTraffic seen) {
    OptionalDouble p99 = seen.p99();
    return String.format(
        Locale.ROOT,
        "%s %s: %d requests, %d failed%s",
        service.name(),
        endpoint,
        seen.requests(),
        seen.errors(),
        p99.isPresent() ? String.format(Locale.ROOT, ", p99 %.1f ms", p99.getAsDouble()) : "");
  }
}
