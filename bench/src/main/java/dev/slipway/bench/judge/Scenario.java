package dev.slipway.bench.judge;

import java.time.Duration;

/**
 * A kind of rollout of which the truth is known.
 *
 * @param every sampling interval
 */
record Scenario(String name, Truth truth, Behaviour canary, Behaviour baseline, Duration every) {
  /** What a perfect judge would say. */
  enum Truth {
    /** Anything but a pass is an error; a fail is a false alarm. */
    GOOD,
    /** Anything but a fail is a miss; a pass is a bad one. */
    BAD,
    /** Nobody can tell: a pass and a fail are both errors. */
    UNDECIDABLE
  }

  Scenario(String name, Truth truth, Behaviour canary, Behaviour baseline) {
    this(name, truth, canary, baseline, Duration.ofSeconds(5));
  }
}
