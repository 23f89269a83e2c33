package dev.slipway.policy;

import dev.slipway.policy.Objection.Consequence;
import dev.slipway.policy.Objection.Sort;
import java.util.ArrayList;
import java.util.List;

/**
 * The gate of deployment, both for the last check before production and for every watched step of
 * the ramp. A failed canary is rolled back and that is the end; one that cannot be decided is
 * rolled back and a person is asked.
 */
final class DeploymentGate {
  private DeploymentGate() {}

  static List<Objection> objections(Report report) {
    List<Objection> objections = new ArrayList<>();
    for (Check check : report.checks()) {
      if (check.outcome() == Check.Outcome.NOT_RUN) {
        objections.add(Objection.notRun("deployment.not_run", check.name(), check.message()));
      } else if (check.outcome() != Check.Outcome.PASSED) {
        objections.add(
            Objection.failed(
                Consequence.ASK,
                "deployment." + check.name().split(" ", 2)[0],
                check.name(),
                check.message()));
      }
    }
    report.judged().forEach(verdict -> objections.addAll(watched(verdict)));
    if (report.checks().isEmpty() && report.judged().isEmpty()) {
      objections.add(
          new Objection(
              Sort.NOT_RUN,
              Consequence.ROLL_BACK_AND_ASK,
              new Reason("deployment.not_run", "canary", "the canary was not judged")));
    }
    return objections;
  }

  private static List<Objection> watched(Verdict verdict) {
    return switch (verdict) {
      case Verdict.Pass ignored -> List.of();
      case Verdict.NotApplicable ignored -> List.of();
      case Verdict.Fail fail -> all(Sort.FAILED, Consequence.ROLL_BACK, fail.reasons());
      case Verdict.Inconclusive inconclusive ->
          all(Sort.INCONCLUSIVE, Consequence.ROLL_BACK_AND_ASK, inconclusive.reasons());
      case Verdict.NotRun notRun ->
          all(Sort.NOT_RUN, Consequence.ROLL_BACK_AND_ASK, notRun.reasons());
    };
  }

  private static List<Objection> all(Sort sort, Consequence consequence, List<Reason> reasons) {
    return reasons.stream().map(reason -> new Objection(sort, consequence, reason)).toList();
  }
}
