package dev.slipway.incident;

import dev.slipway.policy.Reason;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** The ways in which a service is worse for its callers. */
enum Symptom {
  /** Answers take longer. */
  SLOWER,
  /** Requests fail, or the service does not come up. */
  FAILING;

  /** What the reasons for a rollback say; all of them where the reasons do not tell. */
  static Set<Symptom> of(List<Reason> reasons) {
    Set<Symptom> symptoms = EnumSet.noneOf(Symptom.class);
    for (Reason reason : reasons) {
      if (reason.rule().startsWith("canary.latency")) {
        symptoms.add(SLOWER);
      } else if (reason.rule().startsWith("canary.error")
          || reason.rule().equals("deploy.unhealthy")) {
        symptoms.add(FAILING);
      }
    }
    return symptoms.isEmpty() ? EnumSet.allOf(Symptom.class) : symptoms;
  }

  /** Such as "slower". */
  String label() {
    return switch (this) {
      case SLOWER -> "slower";
      case FAILING -> "failing";
    };
  }
}
