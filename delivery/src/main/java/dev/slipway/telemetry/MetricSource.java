package dev.slipway.telemetry;

import dev.slipway.change.Slot;
import java.time.Duration;
import java.time.Instant;

/** Measures how the two arms of a slot serve their traffic. */
public interface MetricSource {
  /**
   * What each arm served from {@code from} (inclusive) to {@code to} (exclusive). A source that
   * cannot answer says so in the observation; it never invents a zero.
   */
  Observation observe(Slot slot, Instant from, Instant to);

  /** The shortest interval it can tell apart, in whole seconds. */
  default Duration resolution() {
    return Duration.ofSeconds(1);
  }

  /** How long after an interval's end all of it has been counted. */
  default Duration settling() {
    return Duration.ofMillis(500);
  }
}
