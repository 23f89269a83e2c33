package dev.slipway.app.demo;

import java.time.Duration;

/**
 * The demo's bake times, all shorter than a real project would choose.
 *
 * @param stagingMeasure how long staging is measured
 * @param canaryWindow how long the first share of production's traffic is watched
 * @param rampStep how long every later share is watched
 */
public record DemoSettings(Duration stagingMeasure, Duration canaryWindow, Duration rampStep) {
  /** The project's own times, for comparison: {@code examples/orders/.slipway.yml}. */
  static final DemoSettings OF_THE_PROJECT =
      new DemoSettings(Duration.ofMinutes(2), Duration.ofMinutes(10), Duration.ofMinutes(2));
}
