package dev.slipway.policy.judge;

import java.util.Locale;

/** The two versions that share the traffic. */
public enum Arm {
  CANARY,
  BASELINE;

  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
