package dev.slipway.pipeline;

import static dev.slipway.pipeline.StagingFixture.CANDIDATE;
import static dev.slipway.pipeline.StagingFixture.PRODUCTION;
import static dev.slipway.pipeline.StagingFixture.SERVICE;
import static dev.slipway.pipeline.StagingFixture.STABLE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.audit.AuditRecord;
import dev.slipway.change.Artifact;
import dev.slipway.change.Environment;
import dev.slipway.change.Slot;
import dev.slipway.policy.Reason;
import dev.slipway.target.Epoch;
import dev.slipway.target.Serving;
import dev.slipway.target.Setback;
import dev.slipway.target.TargetFault;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RollBackTest {
  private static final Slot ELSEWHERE = new Slot(new Environment("production-eu"), SERVICE);

  @TempDir Path directory;

  @Test
  void whatCanBeTakenBackIsEvenIfAnotherPlaceDoesNotAnswerAndAllOfItIsTriedAgain_C14() {
    StagingFixture fixture = new StagingFixture(directory);
    List<Slot> slots = List.of(PRODUCTION, ELSEWHERE);
    for (Slot slot : slots) {
      fixture.runs(slot, STABLE);
      fixture.canary(slot, CANDIDATE);
    }
    Act.RollBack act = rollBack(fixture);
    fixture.targets =
        environment -> {
          if (environment.equals(PRODUCTION.environment())) {
            throw new TargetFault("no answer");
          }
          return fixture.target;
        };

    assertThatThrownBy(() -> fixture.production().rollBack(act)).hasMessage("no answer");

    assertThat(canary(fixture, ELSEWHERE)).isEmpty();
    assertThat(canary(fixture, PRODUCTION)).contains(CANDIDATE);
    fixture.targets = environment -> fixture.target;
    fixture.production().rollBack(act);
    for (Slot slot : slots) {
      assertThat(canary(fixture, slot)).isEmpty();
      assertThat(fixture.stable(slot)).contains(STABLE);
    }
  }

  private static Act.RollBack rollBack(StagingFixture fixture) {
    fixture.at(Step.WATCHING);
    fixture.journey.report(Journey.judged(Journey.failed()));
    Act.RollBack own = (Act.RollBack) fixture.journey.work();
    Epoch epoch = own.epochs().values().iterator().next();
    return new Act.RollBack(
        own.key(),
        own.of(),
        Map.of(PRODUCTION, epoch, ELSEWHERE, epoch),
        new AuditRecord.RolledBack(
            own.of().pull().id(), "", List.of(), own.of().reasons(), own.of().since()));
  }

  private static Optional<Artifact> canary(StagingFixture fixture, Slot slot) {
    return fixture.target.serving(slot).flatMap(Serving::canary);
  }

  @Test
  void whereProductionItselfWasBadThatIsRemembered() {
    StagingFixture fixture = new StagingFixture(directory);
    fixture.runs(PRODUCTION, STABLE);
    fixture.canary(PRODUCTION, CANDIDATE);
    Act.RollBack failed = rollBack(fixture);

    fixture.production().rollBack(because(failed, "canary.error_rate"));
    assertThat(fixture.releases.setbacks(PRODUCTION.environment(), Instant.EPOCH)).isEmpty();

    fixture.production().rollBack(because(failed, "canary.baseline_bad"));
    fixture.production().rollBack(because(failed, "canary.baseline_bad"));

    assertThat(fixture.releases.setbacks(PRODUCTION.environment(), Instant.EPOCH))
        .containsExactly(
            new Setback(
                PRODUCTION,
                failed.of().pull().id(),
                Setback.Cause.STABLE_WAS_BAD,
                "40 of 200 failed",
                failed.of().since()));
  }

  private static Act.RollBack because(Act.RollBack act, String rule) {
    return new Act.RollBack(
        act.key(),
        act.of(),
        act.epochs(),
        new AuditRecord.RolledBack(
            act.of().pull().id(),
            "",
            List.of(),
            List.of(new Reason(rule, "error_rate", "40 of 200 failed")),
            act.of().since()));
  }
}
