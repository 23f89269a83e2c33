package dev.slipway.telemetry;

import dev.slipway.policy.judge.ArmTraffic;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a version showed in staging under load.
 *
 * @param endpoints by what was asked, such as {@code GET /orders}
 */
public record StagingRun(SortedMap<String, ArmTraffic> endpoints) {
  public StagingRun {
    endpoints = Collections.unmodifiableSortedMap(new TreeMap<>(endpoints));
  }

  /** A run of one endpoint. */
  public static StagingRun of(String endpoint, ArmTraffic traffic) {
    return new StagingRun(new TreeMap<>(Map.of(endpoint, traffic)));
  }

  /** All of it together. */
  public ArmTraffic total() {
    return endpoints.values().stream().reduce(ArmTraffic.NONE, ArmTraffic::plus);
  }
}
