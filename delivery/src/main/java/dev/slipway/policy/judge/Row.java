package dev.slipway.policy.judge;

import java.time.Instant;
import java.util.List;

/**
 * One line of a recording: what one instance of an arm showed at a time. A number that is missing
 * is NaN.
 *
 * @param instance empty if the recording names no instances
 * @param requests requests since the row before
 * @param errors how many of them failed
 * @param errorRate share that failed, 0 to 1, where only that was recorded
 * @param latencies the recording's quantiles in milliseconds, in its order
 */
public record Row(
    Instant time,
    Arm arm,
    String instance,
    double requests,
    double errors,
    double errorRate,
    List<Double> latencies) {
  public Row {
    latencies = List.copyOf(latencies);
  }

  /** More requests than any row counts. */
  private static final double REQUESTS_MAX = 1e12;

  /** Eleven days, in milliseconds. */
  private static final double LATENCY_MAX = 1e9;

  /** Whether a number is impossible: negative, huge, a share over 1, more errors than requests. */
  boolean impossible() {
    boolean latencyImpossible = false;
    for (double latency : latencies) {
      latencyImpossible |= latency < 0 || latency > LATENCY_MAX;
    }
    return latencyImpossible
        || requests < 0
        || errors < 0
        || errorRate < 0
        || errorRate > 1
        || errors > requests + 0.5
        || requests > REQUESTS_MAX;
  }

  /** Whether the row says anything about requests, errors or latencies. */
  boolean telling() {
    return requests > 0 || (Double.isNaN(requests) && (!Double.isNaN(errorRate) || timed()));
  }

  /** Whether it has a latency. */
  boolean timed() {
    for (double latency : latencies) {
      if (latency > 0) {
        return true;
      }
    }
    return false;
  }
}
