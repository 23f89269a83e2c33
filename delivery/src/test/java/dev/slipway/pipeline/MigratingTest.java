package dev.slipway.pipeline;

import static dev.slipway.pipeline.StagingFixture.CANDIDATE;
import static dev.slipway.pipeline.StagingFixture.PRODUCTION;
import static dev.slipway.pipeline.StagingFixture.STABLE;
import static dev.slipway.pipeline.StagingFixture.STAGING;
import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.audit.AuditRecord.Decision;
import dev.slipway.audit.AuditRecord.Effect;
import dev.slipway.audit.Permits;
import dev.slipway.change.Stage;
import dev.slipway.policy.Approval;
import dev.slipway.policy.Disposition;
import dev.slipway.policy.Judgement;
import dev.slipway.policy.Policy;
import dev.slipway.policy.Reason;
import dev.slipway.policy.Report;
import dev.slipway.policy.Thresholds;
import dev.slipway.project.Command;
import dev.slipway.workspace.FakeSandbox;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MigratingTest {
  @TempDir Path directory;
  private StagingFixture fixture = new StagingFixture(Path.of(""));

  @BeforeEach
  void migrates() {
    fixture = new StagingFixture(directory);
    fixture.migrates("./migrate.sh", "up");
    fixture.runs(PRODUCTION, STABLE);
    fixture.runs(STAGING, STABLE);
  }

  private Result deployed() {
    fixture.at(Step.DEPLOYING_TO_STAGING);
    Act.DeployToStaging act = (Act.DeployToStaging) fixture.journey.work();
    return fixture.environmentCheck().deploy(act, Permits.recorded(act.permit()));
  }

  private Report measured() throws InterruptedException {
    fixture.runs(STAGING, CANDIDATE);
    fixture.at(Step.MEASURING);
    Act.Inspect act = (Act.Inspect) fixture.journey.work();
    return ((Result.Reported)
            fixture.environmentCheck().inspect(act, Permits.recorded(act.permit())))
        .report();
  }

  private Act.Shift shift() {
    fixture.at(Step.SHIFTING);
    return (Act.Shift) fixture.journey.work();
  }

  private void fails() {
    fixture.sandbox.replying((at, command) -> FakeSandbox.exited(1, "table orders is locked"));
  }

  @Test
  void stagingIsMigratedOnRecordBeforeTheCandidateIsDeployedThere() {
    fixture.sandbox.replying(
        (at, command) -> {
          assertThat(fixture.stable(STAGING)).contains(STABLE);
          assertThat(fixture.recorded).extracting(Decision::effect).containsExactly(Effect.STAGE);
          return FakeSandbox.exited(0, "");
        });

    assertThat(deployed()).isInstanceOf(Result.Moved.class);

    assertThat(fixture.stable(STAGING)).contains(CANDIDATE);
    Command ran = fixture.sandbox.ran().getFirst().command();
    assertThat(ran.argv()).containsExactly("./migrate.sh", "up");
    assertThat(ran.env()).containsEntry("ENVIRONMENT", "staging");
    assertThat(ran.network()).isEqualTo(Command.Network.OPEN);
  }

  @Test
  void aMigrationThatFailsInStagingNeedsAPersonAndNothingIsDeployed() {
    fails();

    Result result = deployed();

    assertThat(((Result.Hindered) result).reasons())
        .singleElement()
        .satisfies(
            reason -> {
              assertThat(reason.rule()).isEqualTo("migration.failed");
              assertThat(reason.message()).contains("table orders is locked");
            });
    assertThat(fixture.stable(STAGING)).contains(STABLE);
  }

  @Test
  void whatProductionRunsIsTriedOnTheMigratedStagingThenTheCandidate() throws Exception {
    Report report = measured();

    assertThat(report.checks())
        .extracting(check -> check.name())
        .containsExactly("s0 smoke", "on the migrated staging, what production runs: s0 smoke");
    assertThat(fixture.stable(STAGING)).as("what was measured").contains(CANDIDATE);
  }

  @Test
  void anOldVersionThatBreaksOnItAsksAPersonWhoCanLetItPass() throws Exception {
    fixture.failing.add(STABLE);

    Report report = measured();

    Judgement judgement = new Policy(Thresholds.DEFAULT).judge(report, Journey.HEAD, List.of());
    assertThat(judgement.disposition()).isInstanceOf(Disposition.Ask.class);
    List<Reason> reasons = judgement.verdict().reasons();
    assertThat(reasons).extracting(Reason::rule).containsExactly("migration.old_version");
    assertThat(reasons.getFirst().message()).contains("status 500", "contract later");
    Approval seen =
        new Approval(Journey.HEAD, reasons, Journey.REVIEWER, "short outage", Instant.EPOCH);
    assertThat(new Policy(Thresholds.DEFAULT).judge(report, Journey.HEAD, List.of(seen)))
        .extracting(Judgement::disposition)
        .isInstanceOf(Disposition.Proceed.class);
  }

  @Test
  void productionIsMigratedOnRecordBeforeTheFirstShareOnly() {
    Act.Shift canary = shift();

    assertThat(fixture.migrating().before(canary)).isEmpty();

    assertThat(fixture.recorded).extracting(Decision::effect).containsExactly(Effect.MIGRATE);
    assertThat(fixture.done).isEqualTo(fixture.recorded);
    assertThat(fixture.recorded.getFirst().slots()).containsExactly(PRODUCTION);
    assertThat(fixture.sandbox.ran().getFirst().command().env())
        .containsEntry("ENVIRONMENT", "production");
    fixture.journey.done(new Result.Moved(Map.of()));
    fixture.journey.report(Journey.passing(Stage.DEPLOYMENT));
    Act.Shift next = (Act.Shift) fixture.journey.work();
    assertThat(next.share()).isNotEqualTo(canary.share());
    assertThat(fixture.migrating().before(next)).isEmpty();
    assertThat(fixture.sandbox.ran()).hasSize(1);
  }

  @Test
  void aMigrationThatFailsInProductionStopsBeforeTheCanaryAndIsNotSaidToBeDone() {
    fails();

    assertThat(fixture.migrating().before(shift()))
        .hasValueSatisfying(result -> assertThat(result).isInstanceOf(Result.Hindered.class));
    assertThat(fixture.done).isEmpty();
    assertThat(fixture.target.serving(PRODUCTION).orElseThrow().canary()).isEmpty();
  }

  @Test
  void aCandidateWhoseBaseMovedMigratesNothing() {
    Act.Shift canary = shift();
    fixture.moveBase();

    assertThat(fixture.migrating().before(canary)).isEmpty();
    assertThat(fixture.sandbox.ran()).isEmpty();
  }
}
