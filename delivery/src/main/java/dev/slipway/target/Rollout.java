package dev.slipway.target;

import dev.slipway.change.Artifact;
import dev.slipway.change.Slot;
import dev.slipway.project.Service;
import dev.slipway.project.StagingPlan;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The version that is to run in a slot.
 *
 * @param run how the artifact is started
 * @param warmUp requests without effect that a new instance is asked before it gets traffic, so
 *     that a cold one is not compared with a warm one
 * @param secrets values for its environment; never printed
 */
public record Rollout(
    Slot slot,
    Artifact artifact,
    Service.Run run,
    List<StagingPlan.Request> warmUp,
    Map<String, String> secrets) {
  public Rollout {
    warmUp = List.copyOf(warmUp);
    secrets = Map.copyOf(secrets);
  }

  /**
   * The rollout of a service's artifact, warmed up by the GET requests of its smoke tests and its
   * staging load, or by its health path where it has neither.
   */
  public static Rollout of(
      Slot slot, Artifact artifact, Service service, Service.Run run, Map<String, String> secrets) {
    Stream<StagingPlan.Request> smoke =
        service.smoke().http().stream()
            .map(it -> new StagingPlan.Request(it.method(), it.path(), it.headers(), it.body()));
    List<StagingPlan.Request> gets =
        Stream.concat(smoke, service.staging().requests().stream())
            .filter(request -> request.method().equals("GET"))
            .distinct()
            .toList();
    boolean health = gets.isEmpty() && !run.health().isEmpty();
    return new Rollout(
        slot,
        artifact,
        run,
        health ? List.of(StagingPlan.Request.get(run.health())) : gets,
        secrets);
  }

  @Override
  public String toString() {
    return artifact + " in " + slot;
  }
}
