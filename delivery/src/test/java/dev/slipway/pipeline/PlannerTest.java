package dev.slipway.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.change.ChangeId;
import dev.slipway.change.CommitId;
import dev.slipway.change.Person;
import dev.slipway.change.ServiceName;
import dev.slipway.change.Slot;
import dev.slipway.change.Stage;
import dev.slipway.policy.Check;
import dev.slipway.policy.Finding;
import dev.slipway.policy.Reason;
import dev.slipway.policy.Share;
import dev.slipway.policy.Thresholds;
import dev.slipway.policy.Verdict;
import dev.slipway.project.RolloutPlan;
import dev.slipway.project.Service;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PlannerTest {
  private static final ChangePlan HTTP = Journey.plan(Service.Kind.HTTP);

  private final Journey journey = new Journey(Options.NONE);

  @Test
  void aCleanChangePassesEveryStageInOrderAndShips() {
    journey.passUntil(Step.SHIPPED, HTTP);

    assertThat(journey.state.step()).isEqualTo(Step.SHIPPED);
    assertThat(journey.state.judgements())
        .extracting(it -> it.stage())
        .containsExactly(Stage.values());
    assertThat(journey.passages)
        .extracting(Journey.Passage::to)
        .containsSubsequence(
            Step.REVIEWING,
            Step.TESTING,
            Step.BUILDING,
            Step.QUEUED_FOR_STAGING,
            Step.DEPLOYING_TO_STAGING,
            Step.MEASURING,
            Step.VALIDATING,
            Step.QUEUED_FOR_PRODUCTION,
            Step.ASSESSING,
            Step.SHIFTING,
            Step.WATCHING,
            Step.SHIFTING,
            Step.WATCHING,
            Step.MERGING,
            Step.PROMOTING,
            Step.SHIPPED);
  }

  @Test
  void aCredentialWaitsForAPersonAndGoesOnOnceApproved() {
    journey.passUntil(Step.REVIEWING, HTTP);
    journey.report(Journey.risk(2, secret()));
    assertThat(journey.state.step()).isEqualTo(Step.WAITING_FOR_PERSON);
    assertThat(journey.state.reasons()).extracting(Reason::rule).containsExactly("review.secret");

    journey.approve(Journey.REVIEWER);

    assertThat(journey.state.step()).isEqualTo(Step.TESTING);
    journey.passUntil(Step.SHIPPED, HTTP);
    assertThat(journey.state.step()).isEqualTo(Step.SHIPPED);
  }

  @Test
  void nobodyApprovesTheirOwnExceptionNorDoesABot() {
    journey.passUntil(Step.REVIEWING, HTTP);
    journey.report(Journey.risk(9));

    journey.approve(Journey.AUTHOR);
    assertThat(journey.refused).hasValueSatisfying(why -> assertThat(why).contains("author"));
    journey.approve(new Person("renovate", Person.Kind.BOT));
    assertThat(journey.refused).hasValueSatisfying(why -> assertThat(why).contains("bot"));
    assertThat(journey.state.step()).isEqualTo(Step.WAITING_FOR_PERSON);
  }

  @Test
  void anApprovalIsForOneCommitAndForExactlyTheReasons() {
    journey.passUntil(Step.REVIEWING, HTTP);
    journey.report(Journey.risk(9, secret()));

    journey.send(
        new Signal.Approve(
            Journey.REVIEWER, new CommitId("d".repeat(40)), journey.state.reasons(), ""));
    assertThat(journey.refused).isPresent();
    journey.send(
        new Signal.Approve(
            Journey.REVIEWER, Journey.HEAD, journey.state.reasons().subList(0, 1), ""));
    assertThat(journey.refused).isPresent();
    assertThat(journey.state.step()).isEqualTo(Step.WAITING_FOR_PERSON);
  }

  @Test
  void onlyTheNamedReviewersMayApprove() {
    ChangePlan plan =
        new ChangePlan(HTTP.services(), HTTP.limits(), List.of("linus"), HTTP.configuration());
    journey.passUntil(Step.REVIEWING, plan);
    journey.report(Journey.risk(9));

    journey.approve(Journey.REVIEWER);
    assertThat(journey.refused).hasValueSatisfying(why -> assertThat(why).contains("linus"));
    journey.approve(Person.human("Linus"));
    assertThat(journey.state.step()).isEqualTo(Step.TESTING);
  }

  @Test
  void failingTestsEndTheChange() {
    journey.passUntil(Step.TESTING, HTTP);
    journey.report(
        Journey.tests(12, 0.95, new Check("OrderTest", Check.Outcome.FAILED, "expected 1")));

    assertThat(journey.state.step()).isEqualTo(Step.REJECTED);
  }

  @Test
  void testsThatHoldAreAddedAndTheNewCandidateIsReviewedAndTestedAgain() {
    journey.passUntil(Step.REVIEWING, HTTP);
    journey.report(Journey.risk(9));
    journey.approve(Journey.REVIEWER);
    journey.report(Journey.tests(12, 0.5).proposing(Journey.TESTS));
    assertThat(journey.state.step()).isEqualTo(Step.ADDING_TESTS);
    journey.done(new Result.TestsAdded());
    assertThat(journey.state.step()).isEqualTo(Step.PREPARING);
    assertThat(journey.state.pull().head()).isEqualTo(Journey.TESTS);
    assertThat(journey.state.pull().id()).isEqualTo(new ChangeId("c1"));
    assertThat(journey.state.judgements()).isEmpty();
    journey.passUntil(Step.REVIEWING, HTTP);
    journey.report(Journey.risk(9));
    assertThat(journey.state.step()).as("the approval is carried over").isEqualTo(Step.TESTING);
    assertThat(journey.state.approvals()).extracting(it -> it.head()).containsOnly(Journey.HEAD);
    journey.report(Journey.tests(13, 0.95));
    assertThat(journey.state.step()).isEqualTo(Step.BUILDING);
    journey.passUntil(Step.SHIPPED, HTTP);
    assertThat(journey.state.step()).isEqualTo(Step.SHIPPED);
  }

  @Test
  void testsAreAddedOnceForAChange() {
    journey.passUntil(Step.TESTING, HTTP);
    journey.report(Journey.tests(12, 0.5).proposing(Journey.TESTS));
    journey.done(new Result.TestsAdded());
    journey.passUntil(Step.TESTING, HTTP);
    journey.report(Journey.tests(13, 0.5).proposing(new CommitId("e".repeat(40))));
    assertThat(journey.state.step()).isEqualTo(Step.WAITING_FOR_PERSON);
    assertThat(journey.state.pull().head()).isEqualTo(Journey.TESTS);
  }

  @Test
  void testsThatCannotBeAddedLeaveTheVerdictAsItWas() {
    journey.passUntil(Step.TESTING, HTTP);
    journey.report(Journey.tests(12, 0.5).proposing(Journey.TESTS));
    journey.done(new Result.TestsNotAdded("the tree has changes of its own"));
    assertThat(journey.state.step()).isEqualTo(Step.WAITING_FOR_PERSON);
    assertThat(journey.state.reasons())
        .extracting(Reason::rule)
        .containsExactly("coverage.changed_lines", "tests.not_added");
    journey.approve(Journey.REVIEWER);
    assertThat(journey.state.step()).isEqualTo(Step.BUILDING);
    assertThat(journey.state.pull().head()).isEqualTo(Journey.HEAD);

    Journey covered = new Journey(Options.NONE);
    covered.passUntil(Step.TESTING, HTTP);
    covered.report(Journey.tests(12, 0.95).proposing(Journey.TESTS));
    covered.send(new Signal.Broke(covered.work().key(), "no disk"));
    assertThat(covered.state.step()).as("it covers enough without").isEqualTo(Step.BUILDING);
  }

  @Test
  void ourOwnPushIsNotAnotherOnesAndAnotherOnesSupersedes() {
    journey.passUntil(Step.TESTING, HTTP);
    journey.report(Journey.tests(12, 0.5).proposing(Journey.TESTS));
    journey.send(new Signal.Push(Journey.TESTS));
    assertThat(journey.state.step())
        .as("the forge told before we did")
        .isEqualTo(Step.ADDING_TESTS);
    journey.done(new Result.TestsAdded());
    journey.send(new Signal.Push(Journey.TESTS));
    assertThat(journey.state.step()).isEqualTo(Step.PREPARING);
    journey.send(new Signal.Push(new CommitId("d".repeat(40))));
    assertThat(journey.state.step()).isEqualTo(Step.SUPERSEDED);

    Journey raced = new Journey(Options.NONE);
    raced.passUntil(Step.TESTING, HTTP);
    raced.report(Journey.tests(12, 0.5).proposing(Journey.TESTS));
    raced.done(new Result.HeadMoved(new CommitId("d".repeat(40))));
    assertThat(raced.state.step()).isEqualTo(Step.SUPERSEDED);
  }

  @Test
  void testsOfAChangeWhoseOwnTestsFailAreNotAdded() {
    journey.passUntil(Step.TESTING, HTTP);
    journey.report(
        Journey.tests(12, 0.5, new Check("OrderTest", Check.Outcome.FAILED, "expected 1"))
            .proposing(Journey.TESTS));
    assertThat(journey.state.step()).isEqualTo(Step.REJECTED);
  }

  @Test
  void noTestExecutedIsNotAPass() {
    journey.passUntil(Step.TESTING, HTTP);
    journey.report(Journey.tests(0, 1.0));

    assertThat(journey.state.step()).isEqualTo(Step.WAITING_FOR_PERSON);
    assertThat(journey.state.judgements().getLast().verdict()).isInstanceOf(Verdict.NotRun.class);
  }

  @Test
  void aFailingSmokeTestEndsTheChangeBeforeProduction() {
    journey.passUntil(Step.MEASURING, HTTP);
    journey.report(Journey.checked(Stage.STAGING, Check.Outcome.FAILED));

    assertThat(journey.state.step()).isEqualTo(Step.REJECTED);
    assertThat(journey.passages).noneMatch(it -> it.to() == Step.SHIFTING);
  }

  @Test
  void aFailingCanaryIsRolledBackAndThatIsTheEnd() {
    journey.passUntil(Step.WATCHING, HTTP);
    journey.report(Journey.judged(Journey.failed()));
    assertThat(journey.state.step()).isEqualTo(Step.ROLLING_BACK);

    journey.done(Result.RolledBack.seen());

    assertThat(journey.state.step()).isEqualTo(Step.ROLLED_BACK);
    assertThat(journey.state.reasons()).extracting(Reason::rule).contains("canary.error_rate");
  }

  @Test
  void anInconclusiveCanaryIsRolledBackThenAPersonIsAsked() {
    journey.passUntil(Step.WATCHING, HTTP);
    journey.report(Journey.judged(Journey.inconclusive()));
    journey.done(Result.RolledBack.seen());
    assertThat(journey.state.step()).isEqualTo(Step.WAITING_FOR_PERSON);

    journey.approve(Journey.REVIEWER);
    assertThat(journey.state.step()).isEqualTo(Step.QUEUED_FOR_PRODUCTION);
    journey.passUntil(Step.WATCHING, HTTP);
    journey.report(Journey.judged(Journey.inconclusive()));

    assertThat(journey.state.step()).as("the same reason is approved now").isEqualTo(Step.SHIFTING);
  }

  @Test
  void aRollbackThatBreaksIsTriedAgainForEver_C13() {
    journey.passUntil(Step.WATCHING, HTTP);
    journey.report(Journey.judged(Journey.failed()));
    for (int i = 0; i < 5; i++) {
      journey.send(new Signal.Broke(journey.work().key(), "the target does not answer"));
      assertThat(journey.state.step()).isEqualTo(Step.ROLLING_BACK);
    }
    journey.done(Result.RolledBack.seen());
    assertThat(journey.state.step()).isEqualTo(Step.ROLLED_BACK);
  }

  @Test
  void whoPromotesDuringARollbackIsRefusedAndTheRollbackGoesOn_C15() {
    journey.passUntil(Step.WATCHING, HTTP);
    journey.report(Journey.judged(Journey.inconclusive()));
    assertThat(journey.state.step()).isEqualTo(Step.ROLLING_BACK);
    Act rollback = journey.work();

    journey.approve(Journey.REVIEWER);
    assertThat(journey.refused).isPresent();
    journey.send(new Signal.Retry(Journey.REVIEWER));
    assertThat(journey.refused).isPresent();
    // Nor does the promotion's own result, however late or forged, move it forward.
    journey.send(new Signal.Done(journey.state.turn() + "/promote", new Result.Moved(Map.of())));

    assertThat(journey.state.step()).isEqualTo(Step.ROLLING_BACK);
    assertThat(journey.work()).isEqualTo(rollback);
    assertThat(journey.planner.acts(journey.state)).noneMatch(Act.Promote.class::isInstance);
  }

  @Test
  void aBaseThatMovedDuringTheCanaryMakesTheCandidateAnewAndKeepsTheLease() {
    journey.passUntil(Step.SHIFTING, HTTP);
    journey.done(new Result.BaseMoved(new CommitId("e".repeat(40))));
    assertThat(journey.state.step()).isEqualTo(Step.ROLLING_BACK);
    journey.done(Result.RolledBack.seen());
    assertThat(journey.state.step()).isEqualTo(Step.PREPARING);
    assertThat(journey.state.leases()).hasSize(1);
    assertThat(journey.state.judgements()).isEmpty();

    journey.passUntil(Step.ASSESSING, HTTP);

    assertThat(journey.state.step()).isEqualTo(Step.ASSESSING);
    journey.passUntil(Step.SHIPPED, HTTP);
    assertThat(journey.state.step()).isEqualTo(Step.SHIPPED);
  }

  @Test
  void aPushSupersedesTheChangeAndTakesItsCanaryBack() {
    journey.passUntil(Step.WATCHING, HTTP);
    journey.send(new Signal.Push(new CommitId("d".repeat(40))));
    assertThat(journey.state.step()).isEqualTo(Step.ROLLING_BACK);
    journey.done(Result.RolledBack.seen());

    assertThat(journey.state.step()).isEqualTo(Step.SUPERSEDED);
  }

  @Test
  void whatIsBeingMergedCanNoLongerBeCalledBack() {
    journey.passUntil(Step.MERGING, HTTP);
    journey.send(new Signal.Reject(Journey.REVIEWER, "no"));

    assertThat(journey.refused).isPresent();
    assertThat(journey.state.step()).isEqualTo(Step.MERGING);
  }

  @Test
  void aFirstDeploymentNeedsAPersonAndConsentCanBeGivenInAdvance() {
    journey.passUntil(Step.ASSESSING, HTTP);
    journey.report(Journey.firstDeployment());
    assertThat(journey.state.step()).isEqualTo(Step.WAITING_FOR_PERSON);

    Journey consented = new Journey(Options.NONE.withFirstDeployment(Journey.AUTHOR));
    consented.passUntil(Step.ASSESSING, HTTP);
    consented.report(Journey.firstDeployment());

    assertThat(consented.state.step()).isEqualTo(Step.INSTALLING_BASE);
    assertThat(consented.state.approvals()).hasSize(1);
  }

  @Test
  void aLibraryIsReviewedTestedAndMergedAndTheOtherGatesAreNotApplicable() {
    journey.passUntil(Step.SHIPPED, Journey.plan(Service.Kind.LIBRARY));

    assertThat(journey.state.step()).isEqualTo(Step.SHIPPED);
    assertThat(journey.state.judgements())
        .filteredOn(it -> it.verdict() instanceof Verdict.NotApplicable)
        .extracting(it -> it.stage())
        .containsExactly(Stage.STAGING, Stage.VALIDATION, Stage.DEPLOYMENT);
  }

  @Test
  void twoServicesAreRampedOneAfterTheOther() {
    journey.passUntil(Step.SHIPPED, Journey.plan(Service.Kind.HTTP, Service.Kind.HTTP));

    assertThat(journey.passages).filteredOn(it -> it.to() == Step.WATCHING).hasSize(4);
    assertThat(journey.state.step()).isEqualTo(Step.SHIPPED);
  }

  @Test
  void aShippedChangeIsTakenBackOnOnePersonsWordBeforeEverythingElseInTheQueue() {
    journey.passUntil(Step.SHIPPED, HTTP);

    journey.send(new Signal.Withdraw(Journey.AUTHOR, "it loses orders"));

    assertThat(journey.state.step()).isEqualTo(Step.QUEUED_FOR_WITHDRAWAL);
    assertThat(journey.planner.acts(journey.state))
        .filteredOn(Act.HoldLease.class::isInstance)
        .singleElement()
        .satisfies(
            act -> assertThat(((Act.HoldLease) act).priority()).isEqualTo(Integer.MAX_VALUE));
    journey.grantLeases();
    assertThat(journey.work()).isInstanceOf(Act.Withdraw.class);
    Act.Withdraw act = (Act.Withdraw) journey.work();
    assertThat(act.permit().approvals()).isEqualTo(journey.state.approvals());
    assertThat(act.permit().approvals())
        .singleElement()
        .satisfies(word -> assertThat(word.by()).isEqualTo(Journey.AUTHOR));
    journey.send(new Signal.Broke(act.key(), "the target does not answer"));
    assertThat(journey.state.step()).as("tried again for ever").isEqualTo(Step.WITHDRAWING);
    journey.done(Result.RolledBack.seen());

    assertThat(journey.state.step()).isEqualTo(Step.ROLLED_BACK);
    assertThat(journey.state.reasons())
        .extracting(Reason::message)
        .containsExactly("it loses orders");
    assertThat(journey.planner.acts(journey.state))
        .as("what takes it out of the base branch too")
        .hasAtLeastOneElementOfType(Act.Revert.class);
  }

  @Test
  void takingBackTwiceIsTakingBackOnce() {
    journey.passUntil(Step.SHIPPED, HTTP);
    journey.send(new Signal.Withdraw(Journey.REVIEWER, "it loses orders"));
    ChangeState first = journey.state;
    journey.send(new Signal.Withdraw(Journey.AUTHOR, "me too"));
    assertThat(journey.refused).isEmpty();
    assertThat(journey.state).isEqualTo(first);
    journey.passUntil(Step.ROLLED_BACK, HTTP);
    ChangeState last = journey.state;

    journey.send(new Signal.Withdraw(Journey.AUTHOR, "me too"));

    assertThat(journey.refused).isEmpty();
    assertThat(journey.state).isEqualTo(last);
  }

  @Test
  void onlyAPersonTakesBackAndOnlyWhatShippedAndSaysWhy() {
    journey.passUntil(Step.TESTING, HTTP);
    journey.send(new Signal.Withdraw(Journey.REVIEWER, "why not"));
    assertThat(journey.refused).hasValueSatisfying(why -> assertThat(why).contains("shipped"));
    journey.passUntil(Step.SHIPPED, HTTP);
    journey.send(new Signal.Withdraw(new Person("renovate", Person.Kind.BOT), "why not"));
    assertThat(journey.refused).hasValueSatisfying(why -> assertThat(why).contains("bot"));
    journey.send(new Signal.Withdraw(Journey.REVIEWER, " "));
    assertThat(journey.refused).isPresent();

    assertThat(journey.state.step()).isEqualTo(Step.SHIPPED);
  }

  @Test
  void aCanaryGivesWayToWhoeverTakesBackAndWaits() {
    journey.passUntil(Step.WATCHING, HTTP);
    Slot held = journey.state.leases().keySet().iterator().next();

    journey.send(new Signal.GiveWay(held, "orders are lost"));

    assertThat(journey.state.step()).isEqualTo(Step.ROLLING_BACK);
    journey.done(Result.RolledBack.seen());
    assertThat(journey.state.step()).isEqualTo(Step.WAITING_FOR_PERSON);
    assertThat(journey.state.leases()).isEmpty();
    journey.send(new Signal.Retry(Journey.AUTHOR));
    assertThat(journey.state.step()).isEqualTo(Step.QUEUED_FOR_PRODUCTION);
  }

  @Test
  void aPersonEndsTheWatchAndTheCanaryRisesToAllTrafficAtOnceWhereItIsWatchedAgain() {
    journey.passUntil(Step.WATCHING, HTTP);

    journey.send(new Signal.PromoteEarly(Journey.AUTHOR, Journey.HEAD, "it is well"));
    assertThat(journey.refused).contains("the author cannot approve their own exception");
    journey.send(new Signal.PromoteEarly(Journey.REVIEWER, Journey.HEAD, " "));
    assertThat(journey.refused).contains("say why: it goes on record");
    journey.send(new Signal.PromoteEarly(Journey.REVIEWER, Journey.HEAD, "it is well"));

    assertThat(journey.state.step()).isEqualTo(Step.SHIFTING);
    assertThat(((Act.Shift) journey.work()).share()).isEqualTo(Share.ALL);
    journey.passUntil(Step.WATCHING, HTTP);
    journey.report(Journey.judged(Journey.failed()));
    assertThat(journey.state.step()).isEqualTo(Step.ROLLING_BACK);
  }

  @Test
  void ofManySharesAnEarlyPromotionLeavesOutAllButTheLast() {
    ChangePlan four =
        new ChangePlan(
            List.of(
                new ChangePlan.ServicePlan(
                    new ServiceName("s0"), Service.Kind.HTTP, RolloutPlan.DEFAULT)),
            Thresholds.DEFAULT,
            List.of(),
            "sha256:config");
    journey.passUntil(Step.WATCHING, four);
    for (int i = 0; i < 2; i++) {
      assertThat(journey.state.step()).isEqualTo(Step.WATCHING);
      journey.send(new Signal.PromoteEarly(Journey.REVIEWER, Journey.HEAD, "it is well"));
      assertThat(journey.state.step()).isEqualTo(i == 0 ? Step.SHIFTING : Step.MERGING);
      journey.passUntil(Step.WATCHING, four);
    }
    assertThat(journey.state.step()).isEqualTo(Step.SHIPPED);
  }

  @Test
  void aRollbackThatNothingMeasuredShowsCallsPeopleAndEnds() {
    journey.passUntil(Step.WATCHING, HTTP);
    journey.report(Journey.judged(Journey.failed()));
    journey.send(new Signal.Broke(journey.work().key(), "no answer"));
    assertThat(alarms(journey)).hasSize(1).first().asString().contains("no answer");

    Reason doubt = new Reason("rollback.unconfirmed", "production/s0", "Prometheus is down");
    journey.done(new Result.RolledBack(List.of(doubt)));

    assertThat(journey.state.step()).isEqualTo(Step.ROLLED_BACK);
    assertThat(alarms(journey)).containsExactly("Prometheus is down");
  }

  @Test
  void anEmergencySkipsTheNamedGatesNeverTheCanaryAndOwesAReviewBySomebodyElse() {
    Emergency emergency =
        new Emergency(
            List.of(Stage.VALIDATION, Stage.TEST, Stage.STAGING),
            "checkout is down",
            Journey.AUTHOR);
    Journey urgent = new Journey(Options.NONE.with(emergency));
    urgent.passUntil(Step.REVIEWING, HTTP);
    urgent.report(Journey.risk(9));
    assertThat(urgent.state.step()).as("review is not skipped").isEqualTo(Step.WAITING_FOR_PERSON);
    urgent.approve(Journey.REVIEWER);

    assertThat(urgent.state.step()).isEqualTo(Step.BUILDING);
    urgent.done(new Result.Built(Map.of()));
    assertThat(urgent.state.step()).isEqualTo(Step.QUEUED_FOR_PRODUCTION);
    assertThat(urgent.state.judgements().stream().map(it -> it.verdict().label()))
        .containsExactly("fail", "not_run", "not_run", "not_run");
    urgent.passUntil(Step.WATCHING, HTTP);
    urgent.passUntil(Step.SHIPPED, HTTP);
    assertThat(urgent.state.asks()).hasSize(1);

    urgent.approve(Journey.AUTHOR);
    assertThat(urgent.refused).contains("whoever declared the emergency does not review it");
    urgent.now = urgent.now.plus(Emergency.REVIEW_WITHIN);
    urgent.send(new Signal.ReviewOverdue());
    assertThat(alarms(urgent)).hasSize(1).first().asString().contains("nobody else has reviewed");
    urgent.approve(Journey.REVIEWER);
    assertThat(urgent.state.asks()).isEmpty();
    assertThat(alarms(urgent)).isEmpty();
    urgent.send(new Signal.ReviewOverdue());
    assertThat(alarms(urgent)).isEmpty();
  }

  @Test
  void anEmergencyThatWouldSkipTheCanaryOrSaysTooLittleIsRefused() {
    assertThatThrownBy(() -> new Emergency(List.of(Stage.DEPLOYMENT), "why", Journey.AUTHOR))
        .hasMessageContaining("the canary is watched");
    assertThatThrownBy(() -> new Emergency(List.of(Stage.STAGING), "why", Journey.AUTHOR))
        .hasMessageContaining("without staging");
    assertThatThrownBy(() -> new Emergency(List.of(Stage.TEST), " ", Journey.AUTHOR))
        .hasMessageContaining("says why");
    assertThatThrownBy(() -> new Emergency(List.of(), "why", Journey.AUTHOR))
        .hasMessageContaining("which gates");
  }

  private static List<String> alarms(Journey journey) {
    return journey.planner.acts(journey.state).stream()
        .filter(Act.Alarm.class::isInstance)
        .map(act -> ((Act.Alarm) act).text())
        .toList();
  }

  @Test
  void aFrozenChangeWaitsForTimeAndForNobody() {
    journey.passUntil(Step.ASSESSING, HTTP);
    Instant thaw = journey.now.plusSeconds(3600);

    journey.report(Journey.frozen(thaw));

    assertThat(journey.state.step()).isEqualTo(Step.WAITING_FOR_PERSON);
    assertThat(journey.state.leases()).as("others may pass").isEmpty();
    List<Act> acts = journey.planner.acts(journey.state);
    assertThat(acts).doesNotHaveAnyElementsOfTypes(Act.Escalate.class);
    assertThat(acts)
        .filteredOn(Act.Timer.class::isInstance)
        .singleElement()
        .satisfies(timer -> assertThat(((Act.Timer) timer).at()).isEqualTo(thaw));
    journey.send(new Signal.Thaw());
    assertThat(journey.state.step()).isEqualTo(Step.QUEUED_FOR_PRODUCTION);
    assertThat(journey.state.thaw()).isEmpty();
    journey.passUntil(Step.SHIPPED, HTTP);
    assertThat(journey.state.step()).isEqualTo(Step.SHIPPED);
  }

  @Test
  void aFreezeIsPassedBeforeItsEndWithAnotherPersonsApprovalForThisWindowOnly() {
    journey.passUntil(Step.ASSESSING, HTTP);
    Instant thaw = journey.now.plusSeconds(3600);
    journey.report(Journey.frozen(thaw));
    journey.approve(Journey.AUTHOR);
    assertThat(journey.refused).hasValueSatisfying(why -> assertThat(why).contains("author"));

    journey.approve(Journey.REVIEWER);
    journey.passUntil(Step.ASSESSING, HTTP);
    journey.report(Journey.frozen(thaw.plusSeconds(1)));
    assertThat(journey.state.step()).as("another window").isEqualTo(Step.WAITING_FOR_PERSON);
    journey.approve(Journey.REVIEWER);
    journey.passUntil(Step.ASSESSING, HTTP);
    journey.report(Journey.frozen(thaw.plusSeconds(1)));

    assertThat(journey.state.step()).isEqualTo(Step.SHIFTING);
    assertThat(journey.state.thaw()).isEmpty();
  }

  @Test
  void whatNeedsAPersonBesidesDoesNotGoOnByItself() {
    journey.passUntil(Step.ASSESSING, HTTP);

    journey.report(
        Journey.frozen(
            journey.now.plusSeconds(3600),
            new Check("held production/s0", Check.Outcome.FAILED, "it is held")));

    assertThat(journey.state.step()).isEqualTo(Step.WAITING_FOR_PERSON);
    assertThat(journey.planner.acts(journey.state))
        .hasAtLeastOneElementOfType(Act.Escalate.class)
        .doesNotHaveAnyElementsOfTypes(Act.Timer.class);
    ChangeState before = journey.state;
    journey.send(new Signal.Thaw());
    assertThat(journey.state).isEqualTo(before);
  }

  @Test
  void aResultOfAnActThatIsNoLongerWantedChangesNothing() {
    journey.passUntil(Step.TESTING, HTTP);
    ChangeState before = journey.state;
    journey.send(new Signal.Done("1/review", new Result.Built(Map.of())));
    journey.send(new Signal.Broke("99/test", "late"));

    assertThat(journey.state).isEqualTo(before);
  }

  @Test
  void whatDidNotRunWaitsAndCanBeTriedAgain() {
    journey.passUntil(Step.BUILDING, HTTP);
    journey.send(new Signal.Broke(journey.work().key(), "no disk"));
    assertThat(journey.state.step()).isEqualTo(Step.WAITING_FOR_PERSON);

    journey.send(new Signal.Retry(Journey.AUTHOR));

    assertThat(journey.state.step()).isEqualTo(Step.BUILDING);
  }

  @Test
  void anUnknownChangeIsOnlyOpened() {
    assertThat(journey.planner.plan(Optional.empty(), new Signal.Close(), journey.now))
        .isInstanceOf(Planner.Answer.Refused.class);
    assertThat(new ChangeId("c1").value()).isEqualTo("c1");
  }

  private static Finding secret() {
    return new Finding(
        "secret.aws",
        Finding.Kind.SECRET,
        Finding.Severity.CRITICAL,
        "src/App.java",
        3,
        "an AWS access key");
  }
}
