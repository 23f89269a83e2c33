package dev.slipway.policy.judge;

import dev.slipway.policy.Reason;
import java.time.Instant;

/** Something wrong with the measurement itself. */
record Doubt(Force force, Reason reason, Instant at) {
  /** What it does to the verdict. */
  enum Force {
    /** It ends the watch at once, inconclusively: we are blind. */
    STOPS,
    /** It only stands in the way of a pass. */
    BARS_PASS
  }

  static Doubt stops(String rule, String subject, Instant at, String message) {
    return new Doubt(Force.STOPS, new Reason(rule, subject, message), at);
  }

  static Doubt barsPass(String rule, String subject, Instant at, String message) {
    return new Doubt(Force.BARS_PASS, new Reason(rule, subject, message), at);
  }
}
