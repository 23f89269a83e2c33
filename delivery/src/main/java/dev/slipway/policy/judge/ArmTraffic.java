package dev.slipway.policy.judge;

import java.util.OptionalDouble;

/**
 * The requests one arm served: how many, how many failed, and how long they took.
 *
 * @param latencies of the requests whose time is known, which may be fewer or more than {@code
 *     requests} where two counters are read at slightly different times
 */
public record ArmTraffic(long requests, long errors, Latencies latencies) {
  public static final ArmTraffic NONE = new ArmTraffic(0, 0, Latencies.NONE);

  public ArmTraffic {
    if (requests < 0 || errors < 0 || errors > requests) {
      throw new IllegalArgumentException(
          errors + " errors of " + requests + " requests is not a count");
    }
  }

  /** Both together. */
  public ArmTraffic plus(ArmTraffic other) {
    return new ArmTraffic(
        requests + other.requests, errors + other.errors, latencies.plus(other.latencies));
  }

  /** The same requests, each this many times as slow; above 0. */
  public ArmTraffic slowed(double times) {
    return new ArmTraffic(requests, errors, latencies.times(times));
  }

  /** The 99th percentile of the latencies, in milliseconds; empty without any. */
  public OptionalDouble p99() {
    return latencies.quantile(0.99);
  }

  Counts failures() {
    return new Counts(errors, requests);
  }

  Counts slowerThan(double millis) {
    return new Counts(latencies.slowerThan(millis), latencies.count());
  }
}
