package dev.slipway.incident;

import dev.slipway.change.Printable;
import dev.slipway.policy.Measurement;
import dev.slipway.policy.Reason;
import dev.slipway.policy.Report;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Something for which production was taken back.
 *
 * @param rule such as {@code canary.latency_p99}
 * @param message one sentence with the numbers
 * @param canary what the change showed; empty where that is no number
 * @param baseline what the version beside it showed over the same time
 * @param limit what the change was held to
 * @param unit of the three numbers: {@code ratio} or {@code milliseconds}; empty without numbers
 */
public record Tripped(
    String rule,
    String message,
    Optional<Double> canary,
    Optional<Double> baseline,
    Optional<Double> limit,
    Optional<String> unit) {
  private static final String CANARY = "canary.";

  /**
   * The reasons, each with the numbers that the watch reported of it.
   *
   * @param watch the report of the watch that decided; empty if none did
   */
  static List<Tripped> of(List<Reason> reasons, Optional<Report> watch) {
    return reasons.stream().map(reason -> of(reason, watch)).toList();
  }

  private static Tripped of(Reason reason, Optional<Report> watch) {
    String metric =
        reason.rule().startsWith(CANARY) ? reason.rule().substring(CANARY.length()) : "";
    Optional<Measurement.Value> canary = value(watch, CANARY + metric);
    return new Tripped(
        reason.rule(),
        Printable.of(reason.message()),
        canary.map(Measurement.Value::value),
        value(watch, "baseline." + metric).map(Measurement.Value::value),
        value(watch, "limit." + metric).map(Measurement.Value::value),
        canary.map(it -> it.unit().name().toLowerCase(Locale.ROOT)));
  }

  private static Optional<Measurement.Value> value(Optional<Report> watch, String name) {
    return watch.map(Report::measurements).orElse(List.of()).stream()
        .filter(Measurement.Value.class::isInstance)
        .map(Measurement.Value.class::cast)
        .filter(it -> it.name().equals(name))
        .findFirst();
  }
}
