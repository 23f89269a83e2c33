package dev.slipway.policy;

import dev.slipway.policy.Objection.Consequence;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** The gate of the tests: they ran, they pass, and they cover the changed lines. */
record TestGate(Thresholds limits) {
  /** How many tests were executed. */
  static final String EXECUTED = "tests.executed";

  /** The covered share of changed executable lines. */
  static final String COVERAGE = "coverage.changed_lines";

  /** How many tests the base executes, where that was counted. */
  static final String IN_BASE = "tests.executed_in_base";

  /** How many tests were written for the change. */
  static final String WRITTEN = "tests.written";

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
    objections.addAll(shrunk(report));
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

  /** A report that states nothing of the base was made where there was nothing to compare with. */
  private static List<Objection> shrunk(Report report) {
    double now = value(report, EXECUTED).orElse(0.0);
    return value(report, IN_BASE)
        .filter(before -> now < before)
        .map(
            before ->
                Objection.failed(
                    Consequence.ASK,
                    "tests.fewer",
                    EXECUTED,
                    String.format(
                        Locale.ROOT,
                        "%.0f tests were executed, fewer than the %.0f of the base branch",
                        now,
                        before)))
        .stream()
        .toList();
  }

  private static Optional<Double> value(Report report, String name) {
    return Gates.measured(report, name) instanceof Measurement.Value it
        ? Optional.of(it.value())
        : Optional.empty();
  }

  /** What was tried to close the gaps and did not; empty where nothing was, or where all are. */
  private static String tried(Report report) {
    return report.measurements().stream()
        .filter(it -> it.name().equals(WRITTEN) && it instanceof Measurement.NoData)
        .map(it -> "; " + ((Measurement.NoData) it).reason())
        .collect(Collectors.joining());
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
                      "%.1f %% of the changed lines are covered, less than %.1f %%%s",
                      value.value() * 100,
                      limits.coverageMin() * 100,
                      tried(report))));
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
