package dev.slipway.app.audit;

import java.time.Instant;

/** A time span: from its beginning up to, not including, its end. */
public record Period(Instant from, Instant to) {
  /** Checks that it ends after it begins. */
  public Period {
    if (!from.isBefore(to)) {
      throw new IllegalArgumentException("the period ends before it begins: " + from + ", " + to);
    }
  }

  boolean covers(Instant at) {
    return !at.isBefore(from) && at.isBefore(to);
  }
}
