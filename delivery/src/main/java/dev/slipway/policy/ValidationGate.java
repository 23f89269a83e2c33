package dev.slipway.policy;

import dev.slipway.policy.Objection.Consequence;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The gate of validation: integration tests pass, and nothing got worse beyond noise and tolerance.
 */
record ValidationGate(Thresholds limits) {
  /** The 99th percentile relative to the baseline, 1.10 is 10 % slower; service name appended. */
  static final String LATENCY_RATIO = "validation.latency_ratio";

  List<Objection> objections(Report report) {
    List<Objection> objections = new ArrayList<>(StagingGate.checks(report, "validation"));
    if (report.checks().isEmpty() && report.measurements().isEmpty() && report.judged().isEmpty()) {
      objections.add(Objection.notRun("validation.not_run", "validation", "nothing was validated"));
    }
    report.measurements().stream()
        .filter(measurement -> measurement.name().startsWith(LATENCY_RATIO))
        .forEach(measurement -> objections.addAll(ratio(measurement)));
    for (Verdict verdict : report.judged()) {
      objections.addAll(asked(verdict));
    }
    objections.addAll(StagingGate.concerns(report, "validation"));
    return objections;
  }

  private List<Objection> ratio(Measurement measurement) {
    return switch (measurement) {
      case Measurement.Value value when value.value() > 1 + limits.regressionTolerance() ->
          List.of(
              Objection.failed(
                  Consequence.ASK,
                  "validation.regression",
                  value.name(),
                  String.format(
                      Locale.ROOT,
                      "p99 is %.0f %% above the baseline, more than the tolerated %.0f %%",
                      (value.value() - 1) * 100,
                      limits.regressionTolerance() * 100)));
      case Measurement.Value ignored -> List.of();
      case Measurement.NoData noData ->
          List.of(Objection.notRun("validation.not_run", noData.name(), noData.reason()));
      case Measurement.NotApplicable ignored -> List.of();
    };
  }

  static List<Objection> asked(Verdict verdict) {
    return switch (verdict) {
      case Verdict.Pass ignored -> List.of();
      case Verdict.NotApplicable ignored -> List.of();
      case Verdict.Fail fail -> objections(Objection.Sort.FAILED, fail.reasons());
      case Verdict.Inconclusive it -> objections(Objection.Sort.INCONCLUSIVE, it.reasons());
      case Verdict.NotRun notRun -> objections(Objection.Sort.NOT_RUN, notRun.reasons());
    };
  }

  private static List<Objection> objections(Objection.Sort sort, List<Reason> reasons) {
    return reasons.stream().map(r -> new Objection(sort, Consequence.ASK, r)).toList();
  }
}
