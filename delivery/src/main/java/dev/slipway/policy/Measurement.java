package dev.slipway.policy;

/**
 * A number somebody measured, or the plain statement that there is none. No data is never a pass.
 */
public sealed interface Measurement {
  /** What was measured, such as {@code coverage.changed_lines}. */
  String name();

  /** A finite number in the named unit. */
  record Value(String name, double value, Unit unit) implements Measurement {
    public Value {
      if (!Double.isFinite(value)) {
        throw new IllegalArgumentException(name + " is not a finite number: use NoData");
      }
    }
  }

  /** Nothing could be measured, and why. */
  record NoData(String name, String reason) implements Measurement {}

  /**
   * The base branch's configuration asks for no such measurement; recorded, and never the same as a
   * pass.
   */
  record NotApplicable(String name, String why) implements Measurement {}

  /** The unit of a value. */
  enum Unit {
    /** A share from 0 to 1. */
    RATIO,
    MILLISECONDS,
    COUNT,
    SCORE,
    US_DOLLARS
  }

  /** A value, or no data if the number is not finite. */
  static Measurement of(String name, double value, Unit unit) {
    return Double.isFinite(value)
        ? new Value(name, value, unit)
        : new NoData(name, "the measurement gave " + value);
  }
}
