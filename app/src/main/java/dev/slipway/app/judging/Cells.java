package dev.slipway.app.judging;

import dev.slipway.change.Printable;
import dev.slipway.policy.judge.Arm;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.TemporalAccessor;
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
      Pattern.compile("[+-]?(\\d{1,30}(\\.\\d{0,18})?|\\.\\d{1,18})([eE][+-]?\\d{1,3})?");

  /** More seconds than this (the year 5138) are milliseconds, or a yet smaller unit. */
  private static final BigDecimal SECONDS_MAX = BigDecimal.valueOf(100_000_000_000L);

  /** In nanoseconds, the year 5138. */
  private static final BigDecimal EPOCH_MAX = SECONDS_MAX.movePointRight(9);

  /** ISO 8601's basic format, without separators. */
  private static final Pattern BASIC =
      Pattern.compile("(\\d{4})(\\d{2})(\\d{2})T(\\d{2})(\\d{2})(\\d{2})(.*)");

  /** An offset has hours and minutes, with a colon or without, or hours alone, or is missing. */
  private static final DateTimeFormatter ISO =
      new DateTimeFormatterBuilder()
          .parseCaseInsensitive()
          .append(DateTimeFormatter.ISO_LOCAL_DATE_TIME)
          .appendPattern("[XXX][XX][X]")
          .toFormatter(Locale.ROOT);

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
      throw Unreadable.at(
          line, column, name, shown(column) + " is not a number; write one as in 1234.5");
    }
    return Double.parseDouble(text);
  }

  Instant time(int column) throws Unreadable {
    String text = text(OptionalInt.of(column));
    try {
      return NUMBER.matcher(text).matches() ? epoch(new BigDecimal(text)) : iso(text);
    } catch (DateTimeException | ArithmeticException e) {
      throw Unreadable.at(
          line,
          column,
          "time",
          shown(column) + " is neither an ISO time such as 2026-01-05T10:00:00Z nor epoch seconds");
    }
  }

  private static Instant epoch(BigDecimal number) {
    if (number.abs().compareTo(EPOCH_MAX) >= 0) {
      throw new DateTimeException("beyond the year 5138, even in nanoseconds");
    }
    BigDecimal seconds = number;
    while (seconds.abs().compareTo(SECONDS_MAX) >= 0) {
      seconds = seconds.movePointLeft(3);
    }
    return Instant.ofEpochMilli(seconds.multiply(THOUSAND).toBigInteger().longValueExact());
  }

  /** With an offset, or without: then it is UTC. */
  private static Instant iso(String text) {
    String date = text.length() > 10 && text.charAt(10) == ' ' ? text.replaceFirst(" ", "T") : text;
    String iso =
        BASIC
            .matcher(date.replaceFirst(" ?(UTC|GMT)$", "Z").replaceFirst(" (?=[+-])", ""))
            .replaceFirst("$1-$2-$3T$4:$5:$6$7")
            .replace(',', '.');
    TemporalAccessor time = ISO.parseBest(iso, OffsetDateTime::from, LocalDateTime::from);
    return switch (time) {
      case OffsetDateTime withOffset -> withOffset.toInstant();
      case LocalDateTime local -> local.toInstant(ZoneOffset.UTC);
      default -> throw new DateTimeException("no time");
    };
  }

  private String shown(int column) {
    String text = text(OptionalInt.of(column));
    String start = text.length() > SHOWN_MAX ? text.substring(0, SHOWN_MAX) + "…" : text;
    return text.isEmpty() ? "nothing" : "'" + Printable.of(start) + "'";
  }
}
