package dev.slipway.policy.judge;

import java.time.Duration;
import java.time.Instant;

/**
 * When trouble may have begun: with the canary, or at the start of any later part of the window. A
 * prior over these keeps a leak that begins in minute nine from hiding behind eight good minutes.
 *
 * @param startMillis when the canary began, epoch milliseconds
 * @param partMillis length of one part
 * @param parts how many of them make the window
 * @param last number of the last part in which trouble may begin; parts are numbered from 0
 * @param warmUpMillis trouble in this first time of a new process never decides alone
 */
record Onsets(long startMillis, double partMillis, int parts, int last, double warmUpMillis) {
  /** Parts per window at most: 15 seconds of ten minutes. */
  static final int PARTS = 40;

  private static final double FROM_THE_START = 0.7;

  /** The logarithm of the prior weight of trouble from the start on. */
  static final double LOG_FROM_THE_START = Math.log(FROM_THE_START);

  /** For a window that may be extended once, so that the parts cover it twice. */
  static Onsets extensible(Instant start, Duration window) {
    return new Onsets(start.toEpochMilli(), length(window, PARTS), PARTS, 2 * PARTS, 0);
  }

  /** For a window that is over, seen in this many steps. */
  static Onsets recorded(Instant start, Duration window, int steps) {
    int parts = Math.clamp(steps, 2, PARTS);
    return new Onsets(start.toEpochMilli(), length(window, parts), parts, parts, 0);
  }

  /** The same where the canary may take this share of the window to warm up. */
  Onsets withWarmUp(double share) {
    return new Onsets(startMillis, partMillis, parts, last, share * partMillis * parts);
  }

  boolean warmingUp(Instant time) {
    return time.toEpochMilli() - startMillis < warmUpMillis;
  }

  private static double length(Duration window, int parts) {
    return Math.max(1, window.toMillis() / (double) parts);
  }

  /** Which part a time falls in; time before the start counts as the first. */
  int part(Instant time) {
    return (int) Math.clamp((time.toEpochMilli() - startMillis) / partMillis, 0, 1e9);
  }

  /** The logarithm of the prior weight of trouble beginning with this part. */
  double logWeight(int part) {
    if (part == 0) {
      return LOG_FROM_THE_START;
    }
    return part <= last ? logLater() : Double.NEGATIVE_INFINITY;
  }

  /** How many parts make the last tenth of the window. */
  int recent() {
    return parts / 10;
  }

  double logLater() {
    return Math.log((1 - FROM_THE_START) / last);
  }

  Instant startOf(int part) {
    return Instant.ofEpochMilli(startMillis + Math.round(part * partMillis));
  }
}
