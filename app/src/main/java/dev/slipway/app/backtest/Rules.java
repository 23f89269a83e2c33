package dev.slipway.app.backtest;

import dev.slipway.policy.Thresholds;
import dev.slipway.project.Project;
import java.util.Optional;

/** A policy to judge by: the limits, and the project's configuration they come from. */
public record Rules(Thresholds limits, Optional<Project> project) {
  /** Whether a review under the other rules can find what one under these does not. */
  boolean seeAlike(Rules other) {
    return project
        .map(it -> it.sensitivePaths().toString() + it.sarif())
        .equals(other.project.map(it -> it.sensitivePaths().toString() + it.sarif()));
  }
}
