package dev.slipway.policy.judge;

import dev.slipway.policy.Reason;
import dev.slipway.policy.Verdict;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/** One metric's side of the verdict. */
interface Metric {
  /** Whether the window is still running. */
  enum Phase {
    WATCHING,
    OVER
  }

  String name();

  /** When it was decided that the canary fails here. */
  Optional<Instant> failedAt();

  /** When canary and baseline were seen to be bad together, which condemns neither. */
  Optional<Instant> sharedSince();

  Verdict verdict(Phase phase);

  /** The numbers, in a sentence. */
  String sentence();

  OptionalDouble canary();

  OptionalDouble baseline();

  OptionalDouble limit();

  default MetricResult result(Phase phase) {
    Verdict verdict = verdict(phase);
    String message =
        verdict.reasons().isEmpty() ? sentence() : verdict.reasons().getFirst().message();
    return new MetricResult(name(), verdict, canary(), baseline(), limit(), message);
  }

  default Verdict fail(String message) {
    return new Verdict.Fail(List.of(new Reason(Rules.of(name()), name(), message)));
  }

  default Verdict inconclusive(String rule, String message) {
    return new Verdict.Inconclusive(List.of(new Reason(rule, name(), message)));
  }

  /** For what looks bad and is not enough to fail the canary. */
  default Verdict suspicious(String onset) {
    return inconclusive(
        Rules.of(name()), sentence() + " That is suspicious, and not enough to decide." + onset);
  }

  /** For what began to look bad when the window was about to end. */
  default Verdict rising() {
    return inconclusive(
        Rules.TREND,
        sentence() + " It got worse towards the end of the window, and has not ended.");
  }

  default Verdict holds(Phase phase) {
    return phase == Phase.OVER
        ? new Verdict.Pass()
        : inconclusive(Rules.WATCHING, sentence() + " Nothing is decided yet.");
  }
}
