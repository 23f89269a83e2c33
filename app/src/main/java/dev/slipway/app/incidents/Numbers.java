package dev.slipway.app.incidents;

import java.util.Locale;
import java.util.Optional;

/** Measured numbers for people. */
final class Numbers {
  private Numbers() {}

  /** A number with its unit; a dash if there is none. */
  static String of(Optional<Double> value, Optional<String> unit) {
    return value.map(it -> unit.orElse("").equals("ratio") ? percent(it) : millis(it)).orElse("–");
  }

  /** A share from 0 to 1 as per cent. */
  static String percent(double share) {
    return digits(share * 100) + " %";
  }

  static String millis(double millis) {
    return digits(millis) + " ms";
  }

  private static String digits(double value) {
    String form =
        value == Math.rint(value) || value >= 100 ? "%,.0f" : value >= 1 ? "%.1f" : "%.2f";
    return String.format(Locale.ROOT, form, value);
  }
}
