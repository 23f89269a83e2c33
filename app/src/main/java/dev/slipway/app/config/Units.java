package dev.slipway.app.config;

import dev.slipway.policy.Share;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Numbers with units as the configuration writes them. */
final class Units {
  private static final Pattern DURATION = Pattern.compile("([0-9]{1,9})(ms|s|m|h)");
  private static final Pattern PERCENT = Pattern.compile("([0-9]{1,3}(?:\\.[0-9]{1,4})?) ?%");
  private static final Pattern RATE = Pattern.compile("([0-9]{1,6}(?:\\.[0-9]{1,3})?)/(s|m)");

  private Units() {}

  /** {@code 800ms}, {@code 120s}, {@code 10m}, {@code 1h}. */
  static Optional<Duration> duration(String text) {
    Matcher matcher = DURATION.matcher(text);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    long number = Long.parseLong(matcher.group(1));
    return Optional.of(
        switch (matcher.group(2)) {
          case "ms" -> Duration.ofMillis(number);
          case "s" -> Duration.ofSeconds(number);
          case "m" -> Duration.ofMinutes(number);
          default -> Duration.ofHours(number);
        });
  }

  /** The shortest text that {@link #duration} reads as this duration of whole milliseconds. */
  static String format(Duration duration) {
    long millis = duration.toMillis();
    if (millis % 3_600_000 == 0) {
      return millis / 3_600_000 + "h";
    }
    if (millis % 60_000 == 0) {
      return millis / 60_000 + "m";
    }
    return millis % 1000 == 0 ? millis / 1000 + "s" : millis + "ms";
  }

  /** {@code 5%} as 5. */
  static Optional<BigDecimal> percent(String text) {
    Matcher matcher = PERCENT.matcher(text);
    return matcher.matches() ? Optional.of(new BigDecimal(matcher.group(1))) : Optional.empty();
  }

  /** {@code 5%} as 0.05: correctly rounded, so that it equals the literal in code. */
  static Optional<Double> ratio(String text) {
    return percent(text).map(percent -> percent.movePointLeft(2).doubleValue());
  }

  /** {@code 5%} as a share of traffic; empty if it is finer than a hundredth of a percent. */
  static Optional<Share> share(String text) {
    return percent(text)
        .map(percent -> percent.movePointRight(2).stripTrailingZeros())
        .filter(points -> points.scale() <= 0)
        .map(points -> new Share(points.intValueExact()));
  }

  /** {@code 50/s} or {@code 30/m} as requests per second. */
  static Optional<Double> perSecond(String text) {
    Matcher matcher = RATE.matcher(text);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    double number = Double.parseDouble(matcher.group(1));
    return Optional.of(matcher.group(2).equals("s") ? number : number / 60);
  }
}
