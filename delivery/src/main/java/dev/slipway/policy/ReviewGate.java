package dev.slipway.policy;

import dev.slipway.policy.Finding.Severity;
import dev.slipway.policy.Objection.Consequence;
import dev.slipway.policy.Thresholds.ModelUse;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The gate of the review: risk within the limit, and nothing that always needs a person. Everything
 * it objects to, a person may approve.
 */
record ReviewGate(Thresholds limits) {
  /** The measurement that holds the risk score, 1 to 10. */
  static final String RISK = "review.risk";

  /** The check that says whether the model took part. */
  static final String MODEL = "model";

  List<Objection> objections(Report report) {
    List<Objection> objections = new ArrayList<>();
    report.findings().stream()
        .filter(ReviewGate::needsPerson)
        .map(
            finding ->
                Objection.failed(
                    Consequence.ASK,
                    "review." + finding.kind().label(),
                    finding.rule() + " at " + finding.place(),
                    finding.message()))
        .forEach(objections::add);
    objections.addAll(risk(report));
    for (Check check : report.checks()) {
      boolean tolerated = check.name().equals(MODEL) && limits.model() == ModelUse.OPTIONAL;
      if (check.outcome() == Check.Outcome.NOT_RUN && !tolerated) {
        objections.add(Objection.notRun("review.not_run", check.name(), check.message()));
      }
    }
    return objections;
  }

  private List<Objection> risk(Report report) {
    return switch (Gates.measured(report, RISK)) {
      case Measurement.Value value when value.value() > limits.riskMax() ->
          List.of(
              Objection.failed(
                  Consequence.ASK,
                  RISK,
                  String.format(Locale.ROOT, "%.0f", value.value()),
                  String.format(
                      Locale.ROOT,
                      "risk is %.0f of 10, more than %d",
                      value.value(),
                      limits.riskMax())));
      case Measurement.Value ignored -> List.of();
      case Measurement.NoData noData ->
          List.of(Objection.notRun(RISK, RISK, "there is no risk score: " + noData.reason()));
      case Measurement.NotApplicable ignored -> List.of();
    };
  }

  private static boolean needsPerson(Finding finding) {
    boolean grave = finding.severity().compareTo(Severity.MEDIUM) >= 0;
    return switch (finding.kind()) {
      case SCHEMA_CHANGE, API_BREAK -> finding.severity() != Severity.INFO;
      case SECRET, NEW_INTEGRATION -> grave;
      case HIDDEN_TEXT, SUPPLY_CHAIN -> finding.severity().compareTo(Severity.HIGH) >= 0;
      case SENSITIVE_PATH ->
          finding.rule().startsWith("rules.") || finding.severity() == Severity.CRITICAL;
      case SECURITY, PERFORMANCE, CORRECTNESS, COVERAGE_GAP ->
          finding.severity() == Severity.CRITICAL;
    };
  }
}
