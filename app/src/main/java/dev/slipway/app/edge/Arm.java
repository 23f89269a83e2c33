package dev.slipway.app.edge;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/** The two sides of a route's traffic. */
public enum Arm {
  STABLE("stable"),
  CANARY("canary");

  private final String label;

  Arm(String label) {
    this.label = label;
  }

  /** The name used in JSON, in queries and as a Prometheus label. */
  @JsonValue
  public String label() {
    return label;
  }

  /**
   * The arm of that label.
   *
   * @throws IllegalArgumentException if there is none
   */
  @JsonCreator
  public static Arm of(String label) {
    for (Arm arm : values()) {
      if (arm.label.equals(label)) {
        return arm;
      }
    }
    throw new IllegalArgumentException("arm must be stable or canary");
  }
}
