package dev.slipway.app.detectors.schema;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * What a statement does to a database in use.
 *
 * @param what one sentence for people
 */
record Effect(Sort sort, String what) {
  /** The sorts, the gravest last. */
  enum Sort {
    /** Changes nothing: asks, sets a variable, begins a transaction. */
    NOTHING,
    /** Changes rows, and says which. */
    ROWS,
    /** Old code goes on working, and nothing waits for long. */
    ADDITIVE,
    /** Cannot be understood. */
    UNKNOWN,
    /** Blocks readers or writers, for as long as a table is large; or fails on the rows there. */
    LOCKING,
    /** Loses data, or takes away what running code uses. */
    DESTRUCTIVE
  }

  static Effect nothing() {
    return new Effect(Sort.NOTHING, "changes nothing");
  }

  static Effect rows(String what) {
    return new Effect(Sort.ROWS, what);
  }

  static Effect additive(String what) {
    return new Effect(Sort.ADDITIVE, what);
  }

  static Effect locking(String what) {
    return new Effect(Sort.LOCKING, what);
  }

  static Effect destructive(String what) {
    return new Effect(Sort.DESTRUCTIVE, what);
  }

  static Effect unknown() {
    return new Effect(Sort.UNKNOWN, "SQL that cannot be understood");
  }

  static Optional<Effect> gravest(List<Effect> effects) {
    return effects.stream().max(Comparator.comparing(Effect::sort));
  }
}
