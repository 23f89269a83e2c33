package dev.slipway.app.cli;

import dev.slipway.app.audit.Period;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;

/** Periods as people type them. */
final class Periods {
  private Periods() {}

  /** From a day (UTC) or an instant, up to another, which is not in it. */
  static Period of(String from, String to) {
    try {
      return new Period(instant(from), instant(to));
    } catch (IllegalArgumentException e) {
      throw new Stop(Slipway.USAGE, String.valueOf(e.getMessage()));
    }
  }

  private static Instant instant(String text) {
    try {
      return text.contains("T")
          ? Instant.parse(text)
          : LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant();
    } catch (DateTimeParseException e) {
      throw new Stop(
          Slipway.USAGE, "expected a day such as 2026-07-01, or an instant, instead of " + text);
    }
  }
}
