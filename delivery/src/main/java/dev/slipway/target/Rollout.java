package dev.slipway.target;

import dev.slipway.change.Artifact;
import dev.slipway.change.Slot;
import dev.slipway.project.Service;
import java.util.Map;

/**
 * The version that is to run in a slot.
 *
 * @param run how the artifact is started
 * @param secrets values for its environment; never printed
 */
public record Rollout(Slot slot, Artifact artifact, Service.Run run, Map<String, String> secrets) {
  public Rollout {
    secrets = Map.copyOf(secrets);
  }

  @Override
  public String toString() {
    return artifact + " in " + slot;
  }
}
