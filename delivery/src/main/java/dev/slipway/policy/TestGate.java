package dev.slipway.policy;

import dev.slipway.policy.Objection.Consequence;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The gate of the tests: they ran, they pass, and they cover the changed lines. */
record TestGate(Thresholds limits) {
  /** How many tests were executed. */
  static final String EXECUTED = "tests.executed";

  /** The covered share of changed executable lines. */
  static final String COVERAGE = "coverage.changed_lines";

  List<Objection> objections(Report report) {
    List<Objection> objections = new ArrayList<>();
    for (Check check : report.checks()) {
      switch (check.outcome()) {
        case FAILED ->
            objections.add(
                Objection.failed(Consequence.STOP, "test.failed", check.name(), check.message()));
        case NOT_RUN ->
            objections.add(Objection.notRun("test.not_run", check.name(), check.message()));
        case FAILED_IN_BASELINE_TOO ->
            objections.add(
                Objection.inconclusive("test.environment", check.name(), check.message()));
        case PASSED, FLAKY -> {}
      }
    }
    objections.addAll(flaky(report));
    objections.addAll(executed(report));
    objections.addAll(coverage(report));
    return objections;
  }

  private List<Objection> flaky(Report report) {
    List<Check> flaky =
        report.checks().stream().filter(c -> c.outcome() == Check.Outcome.FLAKY).toList();
    if (flaky.size() <= limits.flakyTestsMax()) {
      return List.of();
    }
    return flaky.stream()
        .map(check -> Objection.inconclusive("test.flaky", check.name(), check.message()))
        .toList();
  }

  private static List<Objection> executed(Report report) {
    return switch (Gates.measured(report, EXECUTED)) {
      case Measurement.Value value when value.value() >= 1 -> List.of();
      case Measurement.Value ignored ->
          List.of(Objection.notRun(EXECUTED, EXECUTED, "no test was executed"));
      case Measurement.NoData noData ->
          List.of(
              Objection.notRun(
                  EXECUTED, EXECUTED, "it is not known whether tests ran: " + noData.reason()));
      case Measurement.NotApplicable ignored -> List.of();
    };
  }

  private List<Objection> coverage(Report report) {
    return switch (Gates.measured(report, COVERAGE)) {
      case Measurement.Value value when value.value() < limits.coverageMin() ->
          List.of(
              Objection.failed(
                  Consequence.ASK,
                  COVERAGE,
                  COVERAGE,
                  String.format(
                      Locale.ROOT,
                      "%.1f %% of the changed lines are covered, less than %.1f %%",
                      value.value() * 100,
                      limits.coverageMin() * 100)));
      case Measurement.Value ignored -> List.of();
      case Measurement.NoData noData ->
          List.of(
              Objection.notRun(
                  COVERAGE,
                  COVERAGE,
                  "the coverage of the changed lines is not known: " + noData.reason()));
      case Measurement.NotApplicable ignored -> List.of();
    };
  }
}
