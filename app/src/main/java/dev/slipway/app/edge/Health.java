package dev.slipway.app.edge;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** Whether an instance is given requests. */
public enum Health {
  /** It is given requests. A new instance starts so: who names it has seen it start. */
  HEALTHY,
  /**
   * It refused a connection, as one does whose queue is full for a moment. It is given none while
   * another instance of its arm is healthy, until its checks say what it is.
   */
  SUSPECT,
  /** It failed its checks, and is given none until it passes them again. */
  UNHEALTHY;

  /** The name used in JSON. */
  @JsonValue
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * The health of that label.
   *
   * @throws IllegalArgumentException if there is none
   */
  @JsonCreator
  public static Health of(String label) {
    return valueOf(label.toUpperCase(Locale.ROOT));
  }
}
