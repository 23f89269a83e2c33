package dev.slipway.policy.judge;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.OptionalDouble;

/** Numbers as people read them. */
final class Words {
  private Words() {}

  static String percent(double share) {
    double percent = share * 100;
    int digits = percent != 0 && Math.abs(percent) < 0.1 ? 3 : 2;
    return String.format(Locale.ROOT, "%." + digits + "f %%", percent);
  }

  static String count(long count) {
    return String.format(Locale.ROOT, "%,d", count);
  }

  static String millis(double millis) {
    return String.format(Locale.ROOT, millis < 10 ? "%.2f ms" : "%,.0f ms", millis);
  }

  static String millis(OptionalDouble millis) {
    return millis.isPresent() ? millis(millis.getAsDouble()) : "no value";
  }

  static String time(Instant time) {
    return time.truncatedTo(ChronoUnit.SECONDS).toString();
  }

  static String span(Duration span) {
    long seconds = span.toSeconds();
    if (seconds < 120) {
      return seconds + " s";
    }
    long minutes = span.toMinutes();
    return minutes < 120
        ? minutes + " min" + (seconds % 60 == 0 ? "" : " " + seconds % 60 + " s")
        : span.toHours() + " h" + (minutes % 60 == 0 ? "" : " " + minutes % 60 + " min");
  }
}
