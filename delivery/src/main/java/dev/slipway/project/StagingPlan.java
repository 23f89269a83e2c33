package dev.slipway.project;

import java.time.Duration;
import java.util.List;

/**
 * How staging is measured.
 *
 * @param measure how long
 * @param requestsPerSecond the load that is generated
 * @param paths the paths it asks for, in turn; empty means the health path
 */
public record StagingPlan(Duration measure, double requestsPerSecond, List<String> paths) {
  public static final StagingPlan DEFAULT = new StagingPlan(Duration.ofMinutes(2), 20, List.of());

  public StagingPlan {
    paths = List.copyOf(paths);
  }
}
