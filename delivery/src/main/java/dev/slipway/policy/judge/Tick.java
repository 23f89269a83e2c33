package dev.slipway.policy.judge;

import java.time.Instant;

/**
 * Both arms over one step of a recording.
 *
 * @param last time of the last row in it
 */
record Tick(Instant from, Instant last, Instant to, ArmTick canary, ArmTick baseline) {
  Traffic failures() {
    return new Traffic(from, last, canary.failures(), baseline.failures());
  }
}
