package dev.slipway.pipeline;

import dev.slipway.change.Artifact;
import dev.slipway.change.Slot;
import dev.slipway.policy.Approval;
import dev.slipway.policy.Reason;
import dev.slipway.policy.judge.CanaryJudge;
import dev.slipway.target.Releases;
import dev.slipway.target.Setback;

/** What is remembered of a version that was rolled back. */
record Aftermath(Releases releases) {
  /**
   * A version that failed in production is not deployed there again without a person; and where it
   * was production that failed, others do not follow without one.
   */
  void of(Act.RollBack act) {
    ChangeState state = act.of();
    if (state.resume() != Step.ROLLED_BACK && state.resume() != Step.WAITING_FOR_PERSON) {
      return;
    }
    for (Slot slot : act.epochs().keySet()) {
      Artifact artifact = state.artifacts().get(slot.service());
      if (artifact != null) {
        releases.rolledBack(slot, artifact.digest());
      }
    }
    act.afterwards().reasons().stream()
        .filter(CanaryJudge::blamesProduction)
        .findFirst()
        .ifPresent(reason -> setback(act, reason));
  }

  private void setback(Act.RollBack act, Reason reason) {
    ChangeState state = act.of();
    Slot watched = state.thePlan().production().get(state.position().leg()).slot();
    releases.setback(
        new Setback(
            watched,
            state.pull().id(),
            Setback.Cause.STABLE_WAS_BAD,
            reason.message(),
            act.afterwards().at()));
  }

  /** A person took back from the slot what had shipped. */
  void of(Approval word, Slot slot, ChangeState state) {
    releases.setback(
        new Setback(slot, state.pull().id(), Setback.Cause.TAKEN_BACK, word.comment(), word.at()));
  }
}
