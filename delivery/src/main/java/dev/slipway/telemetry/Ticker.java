package dev.slipway.telemetry;

import java.time.Instant;

/** The time at which metrics are sampled: the only thing in Slipway that is done on a clock. */
public interface Ticker {
  Instant now();

  /** Returns at this time, or at once if it is past. */
  void await(Instant time) throws InterruptedException;
}
