package dev.slipway.app.config;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The right spelling of a value whose meaning can be guessed. */
final class Spelling {
  private static final Pattern AMOUNT =
      Pattern.compile("(?<number>[0-9]{1,9}(\\.[0-9]{1,6})?) ?(?<unit>[a-zA-Z/%]{0,12})");
  private static final int WORDS_LENGTH_MAX = 200;

  private Spelling() {}

  /**
   * @param unit duration, share, rate or argv, as the schema's {@code x-unit} names it
   */
  static Optional<String> of(String unit, YamlNode node) {
    if (!(node instanceof YamlNode.Scalar scalar)) {
      return Optional.empty();
    }
    if (unit.equals("argv")) {
      return argv(scalar.text());
    }
    Matcher amount = AMOUNT.matcher(scalar.text().strip());
    if (!amount.matches()) {
      return Optional.empty();
    }
    BigDecimal number = new BigDecimal(amount.group("number"));
    String written = amount.group("unit").toLowerCase(Locale.ROOT);
    return switch (unit) {
      case "duration" -> duration(number, written);
      case "share" -> share(number, written);
      case "rate" ->
          written.isEmpty() ? Optional.of(number.toPlainString() + "/s") : Optional.empty();
      default -> Optional.empty();
    };
  }

  private static Optional<String> duration(BigDecimal number, String unit) {
    long millis =
        switch (unit) {
          case "ms", "msec", "millis", "milliseconds" -> 1;
          case "", "s", "sec", "secs", "second", "seconds" -> 1000;
          case "m", "min", "mins", "minute", "minutes" -> 60_000;
          case "h", "hour", "hours" -> 3_600_000;
          default -> 0;
        };
    BigDecimal total = number.multiply(BigDecimal.valueOf(millis)).stripTrailingZeros();
    if (total.signum() <= 0 || total.scale() > 0) {
      return Optional.empty();
    }
    String meant = Units.format(Duration.ofMillis(total.longValueExact()));
    return Optional.of(unit.isEmpty() ? meant + " if seconds are meant, else ms, m or h" : meant);
  }

  private static Optional<String> share(BigDecimal number, String unit) {
    if (!unit.isEmpty()) {
      return Optional.empty();
    }
    String percent = number.toPlainString() + "%";
    boolean maybeRatio = number.signum() > 0 && number.compareTo(BigDecimal.ONE) < 0;
    String ratio = number.movePointRight(2).stripTrailingZeros().toPlainString() + "%";
    return Optional.of(maybeRatio ? percent + ", or " + ratio + " if a ratio is meant" : percent);
  }

  private static Optional<String> argv(String line) {
    String text = line.strip();
    if (text.isEmpty() || text.length() > WORDS_LENGTH_MAX || text.contains("\n")) {
      return Optional.empty();
    }
    if (text.matches(".*[|&;<>$`\"'*?(){}\\[\\]\\\\].*")) {
      return Optional.of("[sh, -c, '" + text.replace("'", "''") + "'] if a shell is meant");
    }
    return Optional.of(
        Arrays.stream(text.split("\\s+"))
            .map(word -> word.matches("[A-Za-z0-9_./+-]+") ? word : "\"" + word + "\"")
            .collect(Collectors.joining(", ", "[", "]")));
  }
}
