package dev.slipway.app.judging;

import dev.slipway.change.Printable;
import dev.slipway.policy.judge.Arm;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.Set;
import java.util.regex.Pattern;

/** Reads the cells of one line. */
final class Cells {
  private static final Set<String> MISSING =
      Set.of("", "nan", "+nan", "-nan", "null", "none", "na", "n/a", "-");
  private static final Set<String> INFINITE = Set.of("inf", "+inf", "infinity", "+infinity");
  private static final Pattern NUMBER =
      Pattern.compile("[+-]?(\\d{1,18}(\\.\\d{0,18})?|\\.\\d{1,18})([eE][+-]?\\d{1,3})?");

  /** Times of at least this many seconds (the year 5138) are milliseconds. */
  private static final BigDecimal MILLIS_FROM = BigDecimal.valueOf(100_000_000_000L);

  private static final int SHOWN_MAX = 40;
  private static final BigDecimal THOUSAND = BigDecimal.valueOf(1000);

  private final long line;
  private final List<String> fields;

  Cells(long line, List<String> fields) {
    this.line = line;
    this.fields = fields;
  }

  String text(OptionalInt column) {
    return column.isEmpty() ? "" : fields.get(column.getAsInt()).strip();
  }

  Arm arm(int column) throws Unreadable {
    return switch (text(OptionalInt.of(column)).toLowerCase(Locale.ROOT)) {
      case "canary" -> Arm.CANARY;
      case "baseline" -> Arm.BASELINE;
      default ->
          throw Unreadable.at(
              line, column, "arm", "an arm is canary or baseline, not " + shown(column));
    };
  }

  /** A number; NaN if the cell or the whole column is missing. */
  double number(OptionalInt column, String name) throws Unreadable {
    return column.isEmpty() ? Double.NaN : number(column.getAsInt(), name);
  }

  double number(int column, String name) throws Unreadable {
    String text = text(OptionalInt.of(column)).toLowerCase(Locale.ROOT);
    if (MISSING.contains(text)) {
      return Double.NaN;
    }
    if (INFINITE.contains(text)) {
      return Double.POSITIVE_INFINITY;
    }
    if (!NUMBER.matcher(text).matches()) {
      throw Unreadable.at(line, column, name, shown(column) + " is not a number");
    }
    return Double.parseDouble(text);
  }

  Instant time(int column) throws Unreadable {
    String text = text(OptionalInt.of(column));
    try {
      return NUMBER.matcher(text).matches() ? epoch(new BigDecimal(text)) : iso(text);
    } catch (DateTimeException | ArithmeticException e) {
      throw Unreadable.at(
          line, column, "time", shown(column) + " is neither an ISO time nor epoch seconds");
    }
  }

  private static Instant epoch(BigDecimal number) {
    BigDecimal millis =
        number.abs().compareTo(MILLIS_FROM) >= 0 ? number : number.multiply(THOUSAND);
    return Instant.ofEpochMilli(millis.toBigInteger().longValueExact());
  }

  /** With an offset, or without: then it is UTC. */
  private static Instant iso(String text) {
    String iso = text.length() > 10 && text.charAt(10) == ' ' ? text.replaceFirst(" ", "T") : text;
    if (iso.endsWith("Z")) {
      return Instant.parse(iso);
    }
    boolean offset = iso.length() > 11 && (iso.indexOf('+', 11) > 0 || iso.indexOf('-', 11) > 0);
    return offset
        ? OffsetDateTime.parse(iso).toInstant()
        : LocalDateTime.parse(iso).toInstant(ZoneOffset.UTC);
  }

  private String shown(int column) {
    String text = text(OptionalInt.of(column));
    String start = text.length() > SHOWN_MAX ? text.substring(0, SHOWN_MAX) + "…" : text;
    return text.isEmpty() ? "nothing" : "'" + Printable.of(start) + "'";
  }
}
