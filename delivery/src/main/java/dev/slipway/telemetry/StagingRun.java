package dev.slipway.telemetry;

import dev.slipway.policy.judge.ArmTraffic;
import dev.slipway.policy.judge.Factors;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a version showed in staging under load.
 *
 * @param endpoints by what was asked, such as {@code GET /orders}
 * @param factors what staging was known to differ by when this was measured
 */
public record StagingRun(SortedMap<String, ArmTraffic> endpoints, Factors factors) {
  public StagingRun {
    endpoints = Collections.unmodifiableSortedMap(new TreeMap<>(endpoints));
  }

  /** A run of one endpoint. */
  public static StagingRun of(String endpoint, ArmTraffic traffic) {
    return new StagingRun(new TreeMap<>(Map.of(endpoint, traffic)), Factors.NONE);
  }

  /** All of it together. */
  public ArmTraffic total() {
    return endpoints.values().stream().reduce(ArmTraffic.NONE, ArmTraffic::plus);
  }

  /** The run as it would have been in a staging that differs by these factors instead. */
  public StagingRun in(Factors others) {
    if (others.equals(factors)) {
      return this;
    }
    double times = others.product() / factors.product();
    SortedMap<String, ArmTraffic> slowed = new TreeMap<>();
    endpoints.forEach((endpoint, traffic) -> slowed.put(endpoint, traffic.slowed(times)));
    return new StagingRun(slowed, others);
  }
}
