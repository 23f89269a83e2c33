package dev.slipway.policy;

import dev.slipway.policy.Objection.Consequence;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The gate of staging: the version is healthy, its smoke tests pass, and it serves without errors.
 */
record StagingGate(Thresholds limits) {
  /** The share of failing requests while it was measured; one per service, its name appended. */
  static final String ERROR_RATE = "staging.error_rate";

  List<Objection> objections(Report report) {
    List<Objection> objections = new ArrayList<>(checks(report, "staging"));
    if (report.checks().isEmpty() && report.measurements().isEmpty()) {
      objections.add(
          Objection.notRun("staging.not_run", "staging", "nothing was checked in staging"));
    }
    for (Measurement measurement : report.measurements()) {
      if (measurement.name().startsWith(ERROR_RATE)) {
        objections.addAll(errorRate(measurement));
      }
    }
    report.judged().forEach(verdict -> objections.addAll(ValidationGate.asked(verdict)));
    objections.addAll(concerns(report, "staging"));
    return objections;
  }

  /** What a model is concerned about, nothing has checked: a person looks at it. */
  static List<Objection> concerns(Report report, String stage) {
    return report.findings().stream()
        .map(
            finding ->
                Objection.inconclusive(
                    stage + ".concern",
                    finding.file().isEmpty() ? finding.rule() : finding.place(),
                    finding.message()))
        .toList();
  }

  /** Failed checks end a change, unless the version now in production fails them as well. */
  static List<Objection> checks(Report report, String stage) {
    List<Objection> objections = new ArrayList<>();
    for (Check check : report.checks()) {
      switch (check.outcome()) {
        case PASSED -> {}
        case FAILED ->
            objections.add(
                Objection.failed(
                    Consequence.STOP, stage + ".failed", check.name(), check.message()));
        case FAILED_IN_BASELINE_TOO, FLAKY ->
            objections.add(
                Objection.inconclusive(stage + ".environment", check.name(), check.message()));
        case NOT_RUN ->
            objections.add(Objection.notRun(stage + ".not_run", check.name(), check.message()));
      }
    }
    return objections;
  }

  private List<Objection> errorRate(Measurement measurement) {
    return switch (measurement) {
      case Measurement.Value value when value.value() > limits.errorRateMax() ->
          List.of(
              Objection.failed(
                  Consequence.STOP,
                  ERROR_RATE,
                  value.name(),
                  String.format(
                      Locale.ROOT,
                      "%.2f %% of the requests failed in staging, more than %.2f %%",
                      value.value() * 100,
                      limits.errorRateMax() * 100)));
      case Measurement.Value ignored -> List.of();
      case Measurement.NoData noData ->
          List.of(
              Objection.notRun(
                  ERROR_RATE, noData.name(), "staging was not measured: " + noData.reason()));
      case Measurement.NotApplicable ignored -> List.of();
    };
  }
}
