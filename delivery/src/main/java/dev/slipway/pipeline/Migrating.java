package dev.slipway.pipeline;

import dev.slipway.audit.AuditRecord.Decision;
import dev.slipway.audit.AuditRecord.Effect;
import dev.slipway.audit.Recorded;
import dev.slipway.change.Slot;
import dev.slipway.change.Stage;
import dev.slipway.policy.Check;
import dev.slipway.policy.Check.Outcome;
import dev.slipway.policy.Reason;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * When databases are migrated: in staging before the candidate is deployed there, in production
 * before its canary, each under the slot's lease and on record. In between, what production runs
 * has to do on the migrated staging, for in production it will have to, beside the canary and after
 * a rollback.
 */
final class Migrating {
  private final Production production;
  private final Function<Decision, Recorded<Decision>> permits;
  private final Consumer<Decision> done;

  /**
   * @param permits makes decisions durable
   * @param done records that what was permitted was done
   */
  Migrating(
      Production production,
      Function<Decision, Recorded<Decision>> permits,
      Consumer<Decision> done) {
    this.production = production;
    this.permits = permits;
    this.done = done;
  }

  /** Migrates staging; gives why the deployment cannot follow, if it cannot. */
  Optional<Result> before(Act.DeployToStaging act) {
    for (Slot slot : act.epochs().keySet().stream().sorted().toList()) {
      Optional<Result> hindered = migrate(act.of(), slot, act.permit(), Effect.STAGE);
      if (hindered.isPresent()) {
        return hindered;
      }
    }
    return Optional.empty();
  }

  /** Migrates production, before the slot's first share; gives why the share cannot follow. */
  Optional<Result> before(Act.Shift act) {
    // If the base moved, the candidate is made anew and this one never runs here.
    return act.of().position().share() > 0 || production.baseMoved(act.of()).isPresent()
        ? Optional.empty()
        : migrate(act.of(), act.slot(), act.permit(), Effect.MIGRATE);
  }

  private Optional<Result> migrate(ChangeState state, Slot slot, Decision beside, Effect effect) {
    if (!production.migrates(state, slot)) {
      return Optional.empty();
    }
    Decision decision =
        beside.beside(
            "migrate-" + slot.service(),
            effect,
            "migrate the database of " + slot,
            List.of(slot),
            beside.artifacts());
    Result result = production.migrate(state, slot, permits.apply(decision));
    if (!(result instanceof Result.Moved)) {
      return Optional.of(result);
    }
    // What staging runs is not what it was migrated for yet: that is another record.
    if (effect == Effect.MIGRATE) {
      done.accept(decision);
    }
    return Optional.empty();
  }

  /** Whether what production runs has to be tried on the migrated staging. */
  boolean concerns(Act.Inspect act) {
    return act.stage() == Stage.STAGING
        && act.of().thePlan().staging().stream()
            .anyMatch(slot -> production.migrates(act.of(), slot));
  }

  /** The checks that the old version passes on the migrated staging, under names of their own. */
  static List<Check> passed(List<Check> ofTheOldVersion) {
    return ofTheOldVersion.stream()
        .filter(check -> check.outcome() == Outcome.PASSED)
        .map(
            check ->
                new Check(
                    "on the migrated staging, what production runs: " + check.name(),
                    check.outcome(),
                    check.message()))
        .toList();
  }

  /** What speaks against the migration: checks of the old version that do not pass on it. */
  static List<Reason> objections(List<Check> ofTheOldVersion) {
    return ofTheOldVersion.stream()
        .filter(check -> check.outcome() != Outcome.PASSED)
        .map(
            check ->
                new Reason(
                    "migration.old_version",
                    check.name(),
                    "what production runs does not do on the migrated staging ("
                        + check.message()
                        + "): it will have to beside the canary and after a rollback, which"
                        + " reverses no migration; migrate in two changes, to expand first and to"
                        + " contract later"))
        .toList();
  }
}
