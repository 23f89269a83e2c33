package dev.slipway.policy.judge;

/**
 * How the allowed probability of a false alarm is divided among the metrics (Bonferroni): most of
 * it where traffic is scarcest.
 */
final class Shares {
  static final double ERROR_RATE = 0.5;
  static final double LATENCY = 0.2;
  static final double ERROR_RATE_VS_BASELINE = 0.15;
  static final double LATENCY_VS_BASELINE = 0.15;

  /** Of the share before, where latencies are recorded once per row. */
  static final double SLOW_ROWS = 1.0 / 3;

  private Shares() {}
}
