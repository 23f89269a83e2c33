package dev.slipway.policy.judge;

/** Whether two numbers differ as two units do: seconds and milliseconds, or microseconds. */
final class Units {
  private static final double SLACK = 2;

  private Units() {}

  /** Whether the ratio is about a thousand or a million, either way. */
  static boolean apart(double a, double b) {
    double ratio = Math.max(a, b) / Math.min(a, b);
    return about(ratio, 1e3) || about(ratio, 1e6);
  }

  private static boolean about(double ratio, double factor) {
    return ratio >= factor / SLACK && ratio <= factor * SLACK;
  }
}
