package dev.slipway.telemetry;

import dev.slipway.policy.judge.Arm;
import dev.slipway.policy.judge.Recording;
import dev.slipway.policy.judge.Row;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A recording as the comma-separated values that {@code slipway judge} reads: {@code time} (the end
 * of the interval), {@code arm}, {@code requests}, {@code errors}, and a column for each quantile
 * such as {@code latency_p99_ms}; a number that is missing is an empty cell. Nothing but numbers
 * and times is ever in it.
 */
public final class RecordingText {
  private static final String FIXED = "time,arm,requests,errors";
  private static final String QUANTILE = "latency_p";
  private static final String MILLIS = "_ms";
  private static final int FIXED_COLUMNS = 4;
  private static final int DIGITS = 6;

  private RecordingText() {}

  /** The recording as text; each line ends with a newline. */
  public static String of(Recording recording) {
    StringBuilder text = new StringBuilder(FIXED);
    recording
        .quantiles()
        .forEach(it -> text.append(',').append(QUANTILE).append(number(it * 100)).append(MILLIS));
    text.append('\n');
    for (Row row : recording.rows()) {
      text.append(row.time()).append(',').append(row.arm().label());
      text.append(',').append(number(row.requests())).append(',').append(number(row.errors()));
      row.latencies().forEach(it -> text.append(',').append(number(it)));
      text.append('\n');
    }
    return text.toString();
  }

  private static String number(double value) {
    return Double.isNaN(value)
        ? ""
        : BigDecimal.valueOf(value)
            .setScale(DIGITS, RoundingMode.HALF_UP)
            .stripTrailingZeros()
            .toPlainString();
  }

  /**
   * Reads what {@link #of} wrote.
   *
   * @throws IllegalArgumentException if it is anything else
   */
  public static Recording parse(String text) {
    List<String> lines = text.lines().toList();
    try {
      List<Double> quantiles = quantiles(lines.isEmpty() ? "" : lines.getFirst());
      List<Row> rows = new ArrayList<>(lines.size());
      for (String line : lines.subList(1, lines.size())) {
        rows.add(row(line.split(",", -1), quantiles.size()));
      }
      return new Recording(quantiles, rows);
    } catch (DateTimeException | IndexOutOfBoundsException e) {
      throw new IllegalArgumentException("this is no recording of a watch", e);
    }
  }

  private static List<Double> quantiles(String header) {
    if (!header.startsWith(FIXED)) {
      throw new IllegalArgumentException("a recording of a watch begins with " + FIXED);
    }
    List<Double> quantiles = new ArrayList<>();
    for (String name : header.substring(FIXED.length()).split(",", -1)) {
      if (!name.isEmpty()) {
        String percent = name.substring(QUANTILE.length(), name.length() - MILLIS.length());
        quantiles.add(new BigDecimal(percent).movePointLeft(2).doubleValue());
      }
    }
    return quantiles;
  }

  private static Row row(String[] cells, int quantiles) {
    List<Double> latencies = new ArrayList<>(quantiles);
    for (int i = 0; i < quantiles; i++) {
      latencies.add(value(cells[FIXED_COLUMNS + i]));
    }
    return new Row(
        Instant.parse(cells[0]),
        arm(cells[1]),
        "",
        value(cells[2]),
        value(cells[3]),
        Double.NaN,
        latencies);
  }

  private static Arm arm(String label) {
    for (Arm arm : Arm.values()) {
      if (arm.label().equals(label)) {
        return arm;
      }
    }
    throw new IllegalArgumentException(
        "an arm is one of "
            + List.of(Arm.values()).stream().map(Arm::label).collect(Collectors.joining(", ")));
  }

  private static double value(String cell) {
    return cell.isEmpty() ? Double.NaN : Double.parseDouble(cell);
  }
}
