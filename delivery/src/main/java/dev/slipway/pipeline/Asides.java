package dev.slipway.pipeline;

import dev.slipway.audit.AuditTrail;
import dev.slipway.escalation.ContextPackage;
import dev.slipway.forge.Branches;
import dev.slipway.forge.Forge;
import dev.slipway.notification.Notifier;
import dev.slipway.policy.Reason;
import java.util.stream.Collectors;

/** Tells people and forges, and keeps records: what a change does beside moving on. */
public final class Asides {
  private final AuditTrail trail;
  private final Production production;
  private final Investigation investigation;
  private final Forge forge;
  private final Notifier notifier;

  public Asides(
      AuditTrail trail,
      Production production,
      Investigation investigation,
      Forge forge,
      Notifier notifier) {
    this.trail = trail;
    this.production = production;
    this.investigation = investigation;
    this.forge = forge;
    this.notifier = notifier;
  }

  void perform(Act.Aside act) throws InterruptedException {
    switch (act) {
      case Act.Keep keep -> trail.append(keep.record());
      case Act.Tell tell ->
          forge.report(
              tell.of().pull().id(), new Forge.Status(tell.of().state(), summary(tell.of())));
      case Act.Escalate escalate -> notifier.needsPerson(context(escalate.of()));
      case Act.Revert revert -> revert(revert.of());
      case Act.ReportIncident report -> trail.append(investigation.report(report.of()));
      case Act.Alarm alarm -> notifier.alarm(alarm.title(), alarm.text());
    }
  }

  /** Opens the change that makes base branch and production agree again, or calls people. */
  private void revert(ChangeState state) {
    Reversal reversal = Reversal.of(state);
    switch (production.revert(state, reversal)) {
      case Branches.Reverted.Ready ready ->
          forge.open(reversal.pull(state, ready.head()), Reversal.PRIORITY);
      case Branches.Reverted.Conflict conflict ->
          notifier.alarm(
              state.pull().id() + " is not taken out of " + state.pull().baseBranch(),
              "it was taken back from production, and reverting it conflicts in "
                  + String.join(", ", conflict.files())
                  + ": make the revert by hand");
      case Branches.Reverted.Nothing ignored -> {}
    }
  }

  /** Everything a person needs to decide on the change. */
  public static ContextPackage context(ChangeState state) {
    return new ContextPackage(state.pull(), state.candidate(), state.asks(), state.judgements());
  }

  private static String summary(ChangeState state) {
    return state.asks().stream().map(Reason::message).collect(Collectors.joining("; "));
  }
}
