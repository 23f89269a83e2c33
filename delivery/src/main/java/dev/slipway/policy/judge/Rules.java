package dev.slipway.policy.judge;

/** The stable names of the judge's reasons. */
final class Rules {
  static final String NO_DATA = "canary.no_data";
  static final String CONFOUNDED = "canary.confounded";
  static final String FROZEN = "canary.frozen";
  static final String CLOCK = "canary.clock";
  static final String UNIT = "canary.unit";
  static final String IMPOSSIBLE = "canary.impossible";
  static final String BASELINE_BAD = "canary.baseline_bad";
  static final String NO_BASELINE = "canary.no_baseline";
  static final String TOO_LITTLE_TRAFFIC = "canary.too_little_traffic";
  static final String WATCHING = "canary.watching";
  static final String TREND = "canary.trend";
  static final String RESOLUTION = "canary.resolution";
  static final String WINDOW = "canary.window";

  private Rules() {}

  /** The rule of a metric that does not hold. */
  static String of(String metric) {
    return "canary." + metric;
  }
}
