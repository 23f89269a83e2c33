package dev.slipway.policy.judge;

import java.time.Duration;
import java.time.Instant;

/**
 * When trouble may have begun: with the canary, or at the start of any later part of the window. A
 * prior over these keeps a leak that begins in minute nine from hiding behind eight good minutes.
 * The window may be extended once, so the parts cover it twice.
 *
 * @param startMillis when the canary began, epoch milliseconds
 * @param partMillis length of one part
 */
record Onsets(long startMillis, double partMillis) {
  /** Parts per window: 15 seconds of ten minutes. */
  static final int PARTS = 40;

  private static final double FROM_THE_START = 0.7;
  static final double LOG_FROM_THE_START = Math.log(FROM_THE_START);
  static final double LOG_LATER = Math.log((1 - FROM_THE_START) / (2 * PARTS));

  static Onsets of(Instant start, Duration window) {
    return new Onsets(start.toEpochMilli(), Math.max(1, window.toMillis() / (double) PARTS));
  }

  /** Which part a time falls in; time before the start counts as the first. */
  int part(Instant time) {
    return (int) Math.clamp((time.toEpochMilli() - startMillis) / partMillis, 0, 1e9);
  }

  /** The logarithm of the prior weight of trouble beginning with this part. */
  static double logWeight(int part) {
    if (part == 0) {
      return LOG_FROM_THE_START;
    }
    return part <= 2 * PARTS ? LOG_LATER : Double.NEGATIVE_INFINITY;
  }

  Instant startOf(int part) {
    return Instant.ofEpochMilli(startMillis + Math.round(part * partMillis));
  }
}
