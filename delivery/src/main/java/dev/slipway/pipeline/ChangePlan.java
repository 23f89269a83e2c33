package dev.slipway.pipeline;

import dev.slipway.change.Environment;
import dev.slipway.change.ServiceName;
import dev.slipway.change.Slot;
import dev.slipway.change.Stage;
import dev.slipway.policy.Thresholds;
import dev.slipway.project.RolloutPlan;
import dev.slipway.project.Service;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * What the base branch's configuration means for one candidate.
 *
 * @param services the services it concerns, dependencies first
 * @param limits the limits in force: the repository's, tightened to the server's ceilings
 * @param reviewers logins who may approve; empty means anyone but the author
 * @param configuration digest of the configuration
 */
public record ChangePlan(
    List<ServicePlan> services, Thresholds limits, List<String> reviewers, String configuration) {

  /** One service the change concerns and how it reaches production. */
  public record ServicePlan(ServiceName name, Service.Kind kind, RolloutPlan rollout) {}

  /** One place in production, with the shares it is ramped through. */
  public record Leg(Slot slot, List<RolloutPlan.Step> steps) {
    public Leg {
      steps = List.copyOf(steps);
    }
  }

  public ChangePlan {
    services = List.copyOf(services);
    reviewers = List.copyOf(reviewers);
  }

  /** Whether anything is tested. */
  boolean tests() {
    return services.stream().anyMatch(service -> service.kind() != Service.Kind.NONE);
  }

  /** Whether anything is built. */
  boolean builds() {
    return services.stream()
        .anyMatch(
            service ->
                service.kind() != Service.Kind.NONE && service.kind() != Service.Kind.LIBRARY);
  }

  /** Where the candidate runs in staging. */
  List<Slot> staging() {
    return services.stream()
        .filter(ChangePlan::runs)
        .map(service -> new Slot(Environment.STAGING, service.name()))
        .sorted()
        .toList();
  }

  /** Where it goes in production: wave by wave, within a wave dependencies first. */
  List<Leg> production() {
    List<Leg> legs = new ArrayList<>();
    int waves = services.stream().mapToInt(it -> it.rollout().waves().size()).max().orElse(0);
    for (int wave = 0; wave < waves; wave++) {
      for (ServicePlan service : services) {
        if (runs(service) && wave < service.rollout().waves().size()) {
          legs.add(
              new Leg(
                  new Slot(service.rollout().waves().get(wave), service.name()),
                  service.rollout().steps()));
        }
      }
    }
    return legs;
  }

  /** The gates that apply. */
  List<Stage> stages() {
    return Arrays.stream(Stage.values())
        .filter(
            stage ->
                switch (stage) {
                  case REVIEW -> true;
                  case TEST -> tests();
                  case STAGING, VALIDATION -> !staging().isEmpty();
                  case DEPLOYMENT -> !production().isEmpty();
                })
        .toList();
  }

  private static boolean runs(ServicePlan service) {
    return service.kind() == Service.Kind.HTTP || service.kind() == Service.Kind.WORKER;
  }

  /** This plan with the watch times that the options ask for. */
  ChangePlan with(Options options) {
    return new ChangePlan(
        services.stream()
            .map(it -> new ServicePlan(it.name(), it.kind(), timed(it.rollout(), options)))
            .toList(),
        limits,
        reviewers,
        configuration);
  }

  private static RolloutPlan timed(RolloutPlan rollout, Options options) {
    List<RolloutPlan.Step> steps = new ArrayList<>();
    for (RolloutPlan.Step step : rollout.steps()) {
      var asked = steps.isEmpty() ? options.canaryWindow() : options.rampStep();
      steps.add(new RolloutPlan.Step(step.share(), asked.orElse(step.watch())));
    }
    return new RolloutPlan(steps, rollout.waves());
  }
}
