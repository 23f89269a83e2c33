package dev.slipway.pipeline;

import static dev.slipway.pipeline.StagingFixture.CANDIDATE;
import static dev.slipway.pipeline.StagingFixture.PRODUCTION;
import static dev.slipway.pipeline.StagingFixture.STABLE;
import static dev.slipway.pipeline.StagingFixture.STAGING;
import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.audit.AuditRecord.Decision;
import dev.slipway.audit.AuditRecord.Effect;
import dev.slipway.audit.Permits;
import dev.slipway.policy.Check;
import dev.slipway.policy.Check.Outcome;
import dev.slipway.policy.Disposition;
import dev.slipway.policy.Judgement;
import dev.slipway.policy.Policy;
import dev.slipway.policy.Reason;
import dev.slipway.policy.Thresholds;
import dev.slipway.policy.Verdict;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EnvironmentCheckTest {
  @TempDir Path directory;
  private StagingFixture fixture = new StagingFixture(Path.of(""));

  @BeforeEach
  void stage() {
    fixture = new StagingFixture(directory);
    fixture.runs(STAGING, CANDIDATE);
  }

  private Result.Reported inspected(Step step) throws InterruptedException {
    ChangeState state = fixture.at(step);
    Act.Inspect act = (Act.Inspect) fixture.journey.work();
    assertThat(act.of()).isEqualTo(state);
    return (Result.Reported)
        fixture.environmentCheck().inspect(act, Permits.recorded(act.permit()));
  }

  private static Check check(Result.Reported reported) {
    assertThat(reported.report().checks()).hasSize(1);
    return reported.report().checks().getFirst();
  }

  private static Judgement judged(Result.Reported reported) {
    return new Policy(Thresholds.DEFAULT).judge(reported.report(), Journey.HEAD, List.of());
  }

  @Test
  void whatProductionPassesInTheSamePlaceIsTheChangesFault() throws Exception {
    fixture.runs(PRODUCTION, STABLE);
    fixture.failing.add(CANDIDATE);

    Result.Reported reported = inspected(Step.MEASURING);

    assertThat(check(reported).outcome()).isEqualTo(Outcome.FAILED);
    assertThat(check(reported).message()).contains("status 500", "passes it here", "status 200");
    assertThat(judged(reported).disposition()).isInstanceOf(Disposition.Stop.class);
  }

  @Test
  void whatProductionFailsTooIsTheEnvironmentsFaultAndAPersonDecides() throws Exception {
    fixture.runs(PRODUCTION, STABLE);
    fixture.failing.addAll(List.of(CANDIDATE, STABLE));

    Result.Reported reported = inspected(Step.VALIDATING);

    Judgement judgement = judged(reported);
    assertThat(judgement.verdict()).isInstanceOf(Verdict.Inconclusive.class);
    assertThat(judgement.disposition()).isInstanceOf(Disposition.Ask.class);
    assertThat(judgement.verdict().reasons())
        .extracting(Reason::rule)
        .containsExactly("validation.environment");
    assertThat(check(reported).message())
        .contains(
            "status 500 of " + fixture.candidate().commit().brief(),
            "status 500 of " + fixture.candidate().base().brief(),
            STABLE.toString());
  }

  @Test
  void aVersionOfProductionThatDoesNotEvenStartThereExcusesTheChange() throws Exception {
    fixture.runs(PRODUCTION, STABLE);
    fixture.failing.add(CANDIDATE);
    fixture.target.isUnhealthy(STABLE);

    assertThat(check(inspected(Step.MEASURING)).outcome())
        .isEqualTo(Outcome.FAILED_IN_BASELINE_TOO);
  }

  @Test
  void whereProductionRunsNothingAFailureStaysOne() throws Exception {
    fixture.failing.add(CANDIDATE);

    assertThat(check(inspected(Step.MEASURING)).outcome()).isEqualTo(Outcome.FAILED);
    assertThat(fixture.recorded).isEmpty();
    assertThat(fixture.stable(STAGING)).contains(CANDIDATE);
  }

  @Test
  void whatPassesIsNotComparedAndProductionIsNeverTouched() throws Exception {
    fixture.runs(PRODUCTION, STABLE);

    assertThat(check(inspected(Step.MEASURING)).outcome()).isEqualTo(Outcome.PASSED);
    assertThat(fixture.recorded).isEmpty();
    assertThat(fixture.stable(PRODUCTION)).contains(STABLE);
  }

  @Test
  void theOtherVersionIsDeployedOnRecordAndNeverTakenForTheCandidate_E13() throws Exception {
    fixture.runs(PRODUCTION, STABLE);
    fixture.failing.addAll(List.of(CANDIDATE, STABLE));
    inspected(Step.MEASURING);
    assertThat(fixture.stable(STAGING)).contains(STABLE);
    fixture.failing.remove(STABLE);

    Result.Reported again = inspected(Step.MEASURING);

    assertThat(check(again).outcome()).as("of the candidate").isEqualTo(Outcome.FAILED);
    assertThat(fixture.recorded).extracting(Decision::effect).containsOnly(Effect.STAGE);
    assertThat(fixture.recorded).allMatch(it -> it.slots().equals(List.of(STAGING)));
    assertThat(fixture.recorded)
        .extracting(it -> it.artifacts().get(StagingFixture.SERVICE))
        .containsExactly(STABLE, CANDIDATE, STABLE);
  }

  @Test
  void stagingThatStartsNothingAtAllIsNotTheChangesFault() {
    fixture.runs(PRODUCTION, STABLE);
    fixture.target.isUnhealthy(CANDIDATE);
    fixture.at(Step.DEPLOYING_TO_STAGING);
    Act.DeployToStaging act = (Act.DeployToStaging) fixture.journey.work();

    Result alone = fixture.environmentCheck().deploy(act, Permits.recorded(act.permit()));
    fixture.target.isUnhealthy(STABLE);
    Result both = fixture.environmentCheck().deploy(act, Permits.recorded(act.permit()));

    assertThat(alone).isInstanceOf(Result.Impossible.class);
    assertThat(both).isInstanceOf(Result.Hindered.class);
    assertThat(((Result.Hindered) both).reasons())
        .extracting(Reason::rule)
        .containsExactly("staging.environment");
  }
}
