package dev.slipway.app.detectors.hidden;

import dev.slipway.policy.Finding.Severity;

/** Something in a text that does not show: where, and what it is. */
record Oddity(String rule, Severity severity, int position, String what) {
  /** Whether it can carry a message past the reader, even in a file nobody reads. */
  boolean isSmuggling() {
    return rule.equals("hidden.tag") || rule.equals("hidden.variation-selector");
  }
}
