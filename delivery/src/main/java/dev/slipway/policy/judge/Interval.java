package dev.slipway.policy.judge;

import java.time.Instant;

/** One sampling interval of a canary, from (inclusive) to (exclusive). */
public sealed interface Interval {
  Instant from();

  Instant to();

  /** Both arms as measured; an arm without traffic has zero requests. */
  record Measured(Instant from, Instant to, ArmTraffic canary, ArmTraffic baseline)
      implements Interval {}

  /** Nothing was measured, and why. */
  record Missed(Instant from, Instant to, String why) implements Interval {}

  /**
   * What was served is not looked at, because something else than the canary changed meanwhile: it
   * speaks neither for nor against the canary.
   *
   * @param why what changed, by name and time
   */
  record Confounded(Instant from, Instant to, String why) implements Interval {}
}
