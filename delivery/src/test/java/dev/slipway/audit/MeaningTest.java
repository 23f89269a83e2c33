package dev.slipway.audit;

import static dev.slipway.audit.Stories.AUTHOR;
import static dev.slipway.audit.Stories.REVIEWER;
import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.audit.AuditRecord.AgentReport;
import dev.slipway.audit.AuditRecord.Approved;
import dev.slipway.audit.AuditRecord.Decision;
import dev.slipway.audit.AuditRecord.Done;
import dev.slipway.audit.AuditRecord.Effect;
import dev.slipway.audit.AuditRecord.Opened;
import dev.slipway.audit.AuditRecord.Planned;
import dev.slipway.audit.AuditRecord.Rested;
import dev.slipway.audit.AuditRecord.RolledBack;
import dev.slipway.change.Artifact;
import dev.slipway.change.Candidate;
import dev.slipway.change.CommitId;
import dev.slipway.change.Digest;
import dev.slipway.change.Person;
import dev.slipway.change.ServiceName;
import dev.slipway.change.Stage;
import dev.slipway.policy.Approval;
import dev.slipway.policy.Disposition;
import dev.slipway.policy.Judgement;
import dev.slipway.policy.Reason;
import dev.slipway.policy.Thresholds;
import dev.slipway.policy.Verdict;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

class MeaningTest {
  private static final Instant AT = Instant.parse("2026-11-02T10:00:00Z");

  @Test
  void whatThePipelineWritesHasNoObjections() {
    List<AuditRecord> records = new ArrayList<>(Stories.shipped("a", AT));
    records.addAll(Stories.approved("b", AT, REVIEWER));
    records.addAll(Stories.rolledBack("c", AT));

    assertThat(objections(records)).isEmpty();
  }

  @Test
  void whatShippedIsTakenBackOnThePersonsWord() {
    assertThat(objections(Stories.withdrawn("a", AT, AUTHOR))).isEmpty();
  }

  @Test
  void takingBackWithoutAWordOrOnABotsIsTold() {
    List<AuditRecord> silent =
        without(
            Stories.withdrawn("a", AT, REVIEWER), record -> record instanceof AuditRecord.Approved);
    assertThat(objections(silent))
        .anySatisfy(it -> assertThat(it).contains("no person's word is recorded before"));
    Person bot = new Person("renovate", Person.Kind.BOT);
    assertThat(objections(Stories.withdrawn("b", AT, bot)))
        .singleElement()
        .asString()
        .contains("by a bot");
  }

  @Test
  void takingBackWhatWasNeverOpenedIsTold() {
    List<AuditRecord> all = Stories.withdrawn("a", AT, REVIEWER);
    int word =
        index(
            all,
            record ->
                record instanceof Approved approved
                    && approved.approval().reasons().getFirst().rule().equals("person.withdrew"));

    assertThat(objections(all.subList(word, all.size())))
        .isNotEmpty()
        .allSatisfy(it -> assertThat(it).contains("was never opened"));
  }

  @Test
  void changesMayTravelSideBySide() {
    List<AuditRecord> one = Stories.shipped("a", AT);
    List<AuditRecord> two = Stories.rolledBack("b", AT);
    List<AuditRecord> mixed = new ArrayList<>();
    for (int i = 0; i < Math.max(one.size(), two.size()); i++) {
      one.stream().skip(i).findFirst().ifPresent(mixed::add);
      two.stream().skip(i).findFirst().ifPresent(mixed::add);
    }

    assertThat(objections(mixed)).isEmpty();
  }

  @Test
  void aMoveThatNothingPermitsIsTold() {
    List<AuditRecord> records = without(Stories.shipped("a", AT), MeaningTest::permitsFive);

    assertThat(objections(records))
        .containsExactly(
            index(records, MeaningTest::didFive)
                + " a did 'serve 5 % of"
                + " production/orders', which nothing permits");
  }

  @Test
  void aDecisionAfterTheMoveDoesNotCount() {
    List<AuditRecord> records = new ArrayList<>(Stories.shipped("a", AT));
    int decision = index(records, MeaningTest::permitsFive);
    records.add(decision + 1, records.remove(decision));

    assertThat(objections(records)).singleElement().asString().contains("which nothing permits");
  }

  @Test
  void aPassThatNoReportGivesIsTold() {
    List<AuditRecord> records =
        without(
            Stories.shipped("a", AT),
            it -> it instanceof AgentReport report && report.report().agent().equals("test/1"));

    assertThat(objections(records)).hasSize(4).allMatch(it -> it.contains("the pass of test"));
  }

  @Test
  void aGateThatDidNotJudgeIsTold() {
    List<AuditRecord> records =
        changed(Stories.shipped("a", AT), Decision.class, it -> judged(it, List.of()));

    assertThat(objections(records)).anyMatch(it -> it.contains("the gate of review did not"));
  }

  @Test
  void aPassThatTheReportContradictsIsTold() {
    // The verdict says pass, the recorded report says that half of the lines are covered.
    List<AuditRecord> good = Stories.shipped("a", AT);
    List<AuditRecord> bad = Stories.approved("a", AT, REVIEWER);
    AuditRecord report =
        bad.stream()
            .filter(it -> it instanceof AgentReport r && r.report().agent().equals("test/1"))
            .findFirst()
            .orElseThrow();
    List<AuditRecord> records = new ArrayList<>(good);
    records.set(
        index(good, it -> it instanceof AgentReport r && r.report().agent().equals("test/1")),
        report);

    assertThat(objections(records)).hasSize(4).allMatch(it -> it.contains("the pass of test"));
  }

  @Test
  void withoutTheApprovalTheMoveIsTold() {
    List<AuditRecord> records = Stories.approved("a", AT, REVIEWER);

    assertThat(objections(changed(records, Decision.class, it -> approved(it, List.of()))))
        .hasSize(4)
        .allMatch(it -> it.contains("nobody who may approved coverage.changed_lines"));
    assertThat(objections(without(records, Approved.class::isInstance)))
        .allMatch(it -> it.contains("is not recorded") || it.contains("nobody who may"));
  }

  @Test
  void e15TheAuthorsAndABotsApprovalDoNotCount() {
    assertThat(objections(Stories.approved("a", AT, AUTHOR)))
        .isNotEmpty()
        .anyMatch(it -> it.contains("is the author's own"));
    Person bot = new Person("mergebot", Person.Kind.BOT);
    assertThat(objections(Stories.approved("a", AT, bot)))
        .isNotEmpty()
        .anyMatch(it -> it.contains("is a bot's"));
  }

  @Test
  void onlyAReviewerMayApproveWhereThereAreReviewers() {
    List<AuditRecord> records =
        changed(
            Stories.approved("a", AT, REVIEWER),
            Planned.class,
            it -> planned(it, it.limits(), List.of("barbara@example.com")));

    assertThat(objections(records)).anyMatch(it -> it.contains("by nobody who may approve"));
  }

  @Test
  void e14AnApprovalOfAnotherCommitDoesNotCount() {
    List<AuditRecord> records = new ArrayList<>();
    for (AuditRecord it : Stories.approved("a", AT, REVIEWER)) {
      records.add(
          switch (it) {
            case Approved approved ->
                new Approved(approved.change(), elsewhere(approved.approval()));
            case Decision decision ->
                approved(
                    decision, decision.approvals().stream().map(MeaningTest::elsewhere).toList());
            default -> it;
          });
    }

    assertThat(objections(records)).anyMatch(it -> it.contains("is for another commit"));
  }

  @Test
  void e13AnArtifactThatWasNotStagedIsTold() {
    List<AuditRecord> records =
        changed(
            Stories.shipped("a", AT),
            Decision.class,
            it -> it.effect() == Effect.SHIFT ? deploying(it) : it);

    assertThat(objections(records).stream().filter(it -> it.contains("its artifacts are not")))
        .hasSize(2);
  }

  @Test
  void otherLimitsThanThePlansAreTold() {
    Thresholds lax =
        new Thresholds(
            10, 0, 1, Thresholds.DEFAULT.latencyP99Max(), 1, 9, Thresholds.ModelUse.OPTIONAL);
    List<AuditRecord> records =
        changed(Stories.shipped("a", AT), Planned.class, it -> planned(it, lax, it.reviewers()));

    assertThat(objections(records)).hasSize(4).allMatch(it -> it.contains("follows other rules"));
  }

  @Test
  void aRollbackWithoutATriggerIsTold() {
    List<AuditRecord> records = Stories.rolledBack("a", AT);

    assertThat(objections(changed(records, RolledBack.class, it -> back(it, List.of()))))
        .containsExactly(records.size() - 2 + " a was rolled back without a trigger");
    assertThat(
            objections(
                changed(
                    records,
                    RolledBack.class,
                    it -> back(it, List.of(new Reason("canary.latency_p99", "p99", "slow"))))))
        .singleElement()
        .asString()
        .contains("canary.latency_p99, which no report before it says");
  }

  @Test
  void aShippedChangeWasMergedAndPromoted() {
    List<AuditRecord> records =
        without(
            Stories.shipped("a", AT), it -> it instanceof Done done && done.what().contains("o"));

    assertThat(objections(records))
        .anyMatch(it -> it.contains("never promoted"))
        .anyMatch(it -> it.contains("never moved"));
  }

  @Test
  void nothingMovesBeforeItIsOpenedOrAfterItEnded() {
    List<AuditRecord> records = new ArrayList<>(Stories.shipped("a", AT));
    records.add(records.get(index(records, MeaningTest::permitsFive)));

    assertThat(objections(records))
        .containsExactly(
            records.size() - 1 + " no change a was opened before this, or it has ended");
    assertThat(objections(without(Stories.shipped("a", AT), Opened.class::isInstance)))
        .isNotEmpty();
  }

  @Test
  void e13OtherArtifactsThanPermittedAreTold() {
    Map<ServiceName, Artifact> other =
        Map.of(Stories.PRODUCTION.service(), new Artifact.File(Digest.of(new byte[1]), "x.jar"));
    List<AuditRecord> records =
        changed(
            Stories.shipped("a", AT),
            Done.class,
            it -> new Done(it.change(), it.step(), it.what(), other, it.at()));

    assertThat(objections(records))
        .anyMatch(it -> it.contains("did 'promote' with other artifacts than permitted"))
        .anyMatch(it -> it.contains("did 'deploy to staging' with other artifacts than permitted"));
  }

  @Test
  void aMoveUnderTheNameOfALookIsTold() {
    List<AuditRecord> records =
        changed(
            Stories.shipped("a", AT),
            Decision.class,
            it -> it.effect() == Effect.PROMOTE ? effect(it, Effect.INSPECT) : it);

    assertThat(objections(records))
        .anyMatch(it -> it.contains("it names a place in production and is said not to move it"))
        .anyMatch(it -> it.contains("shipped, but was never promoted in [production/orders]"));
  }

  @Test
  void aPromotionThatNoTrafficWentBeforeIsTold() {
    List<AuditRecord> records =
        without(
            Stories.shipped("a", AT),
            it ->
                (it instanceof Decision decision && decision.effect() == Effect.SHIFT)
                    || (it instanceof Done done && done.what().startsWith("serve")));

    assertThat(objections(records))
        .hasSize(2)
        .allMatch(it -> it.contains("it never had traffic in all of [production/orders]"));
  }

  @Test
  void moreTrafficWithoutALookAtTheFirstIsTold() {
    List<AuditRecord> records = new ArrayList<>(Stories.shipped("a", AT));
    int done = index(records, MeaningTest::didFive);
    // The report that follows, with the decision to make it.
    records.remove(done + 2);
    records.remove(done + 1);

    assertThat(objections(records))
        .singleElement()
        .asString()
        .contains("no report says how it did with the traffic it was given before");
  }

  @Test
  void aPersonsWordMayStandInForTheRestOfTheWatchButNotTheAuthors() {
    assertThat(objections(Stories.promotedEarly("a", AT, REVIEWER))).isEmpty();
    assertThat(objections(Stories.promotedEarly("a", AT, AUTHOR)))
        .isNotEmpty()
        .allMatch(it -> it.contains("is the author's own"));
  }

  @Test
  void anEmergencySkipsTheGatesItWasOpenedWithoutAndNoOthers() {
    List<Stage> three = List.of(Stage.TEST, Stage.STAGING, Stage.VALIDATION);
    assertThat(objections(Stories.emergency("a", AT, three, three))).isEmpty();

    List<Stage> more = List.of(Stage.REVIEW, Stage.TEST, Stage.STAGING, Stage.VALIDATION);
    assertThat(objections(Stories.emergency("a", AT, three, more)))
        .isNotEmpty()
        .allMatch(it -> it.contains("no report gives the verdict of review"));
  }

  @Test
  void noEmergencySkipsTheCanary() {
    List<Stage> all = List.of(Stage.values());
    List<AuditRecord> records = new ArrayList<>(Stories.emergency("a", AT, all, all));
    records.removeIf(it -> it instanceof AuditRecord.AgentReport);

    assertThat(objections(records))
        .anyMatch(it -> it.contains("no report says how it did with the traffic"));
  }

  @Test
  void anAskThatNamesNoReasonIsNoConsent() {
    // The report asks for a person; the decision claims that nothing needed one.
    Disposition nothing = new Disposition.Ask(List.of());
    List<Reason> made = List.of(new Reason("pipeline.not_run", "testing", "made up"));
    for (Verdict verdict : List.of(new Verdict.Inconclusive(made), new Verdict.NotRun(made))) {
      List<AuditRecord> records =
          changed(
              without(Stories.approved("a", AT, REVIEWER), Approved.class::isInstance),
              Decision.class,
              it -> approved(judged(it, withTest(it, verdict, nothing)), List.of()));

      assertThat(objections(records)).hasSize(4).allMatch(it -> it.contains("verdict of test"));
    }
  }

  @Test
  void aPlanWithoutTheGatesOfProductionIsTold() {
    List<AuditRecord> records =
        changed(
            Stories.shipped("a", AT),
            Planned.class,
            it ->
                new Planned(
                    it.change(),
                    it.candidate(),
                    List.of(Stage.REVIEW),
                    it.production(),
                    it.limits(),
                    it.reviewers(),
                    it.configuration()));

    assertThat(objections(records))
        .containsExactly("1 a is planned without gates that no configuration takes away");
  }

  @Test
  void aStepDecidedTwiceIsTold() {
    List<AuditRecord> records = new ArrayList<>(Stories.shipped("a", AT));
    int decision = index(records, MeaningTest::permitsFive);
    records.add(decision + 1, records.get(decision));

    assertThat(objections(records))
        .singleElement()
        .asString()
        .startsWith(decision + 1 + " a/decision/")
        .endsWith("is recorded a second time");
  }

  @Test
  void aChangeThatEndedIsNotOpenedAgain() {
    List<AuditRecord> records = new ArrayList<>(Stories.shipped("a", AT));
    int end = records.size();
    records.addAll(Stories.shipped("a", AT));

    assertThat(objections(records))
        .containsExactly(end + " a is opened a second time, after it has ended");
  }

  @Test
  void anotherCandidateOwesItsOwnMoves() {
    List<AuditRecord> records = new ArrayList<>(Stories.shipped("a", AT));
    Planned plan = (Planned) records.get(1);
    Candidate other =
        new Candidate(
            new CommitId("c".repeat(40)), plan.candidate().head(), plan.candidate().base());
    records.add(
        records.size() - 1,
        new Planned(
            plan.change(),
            other,
            plan.stages(),
            plan.production(),
            plan.limits(),
            plan.reviewers(),
            plan.configuration()));

    assertThat(objections(records))
        .anyMatch(it -> it.contains("never moved"))
        .anyMatch(it -> it.contains("never promoted"));
  }

  @Test
  void aRestThatThereIsNotIsTold() {
    List<AuditRecord> records =
        changed(
            Stories.shipped("a", AT),
            Rested.class,
            it -> new Rested(it.change(), it.step(), "DONE", it.reasons(), it.at()));

    assertThat(objections(records)).singleElement().asString().contains("'DONE', which is no rest");
  }

  private static List<Judgement> withTest(Decision it, Verdict verdict, Disposition disposition) {
    return it.judgements().stream()
        .map(j -> j.stage() == Stage.TEST ? new Judgement(Stage.TEST, verdict, disposition) : j)
        .toList();
  }

  private static boolean permitsFive(AuditRecord it) {
    return it instanceof Decision decision && decision.permits().startsWith("serve 5 %");
  }

  private static boolean didFive(AuditRecord it) {
    return it instanceof Done done && done.what().startsWith("serve 5 %");
  }

  private static List<String> objections(List<AuditRecord> records) {
    List<String> objections = new ArrayList<>();
    Meaning meaning = new Meaning((index, message) -> objections.add(index + " " + message));
    for (int i = 0; i < records.size(); i++) {
      meaning.take(i, records.get(i));
    }
    return objections;
  }

  private static int index(List<AuditRecord> records, Predicate<AuditRecord> which) {
    return records.indexOf(records.stream().filter(which).findFirst().orElseThrow());
  }

  private static List<AuditRecord> without(
      List<AuditRecord> records, Predicate<AuditRecord> which) {
    return records.stream().filter(which.negate()).toList();
  }

  private static <T extends AuditRecord> List<AuditRecord> changed(
      List<AuditRecord> records, Class<T> type, UnaryOperator<T> change) {
    return records.stream()
        .map(it -> type.isInstance(it) ? (AuditRecord) change.apply(type.cast(it)) : it)
        .toList();
  }

  private static Approval elsewhere(Approval it) {
    return new Approval(new CommitId("e".repeat(40)), it.reasons(), it.by(), it.comment(), it.at());
  }

  private static RolledBack back(RolledBack it, List<Reason> reasons) {
    return new RolledBack(it.change(), it.step(), it.slots(), reasons, it.at());
  }

  private static Planned planned(Planned it, Thresholds limits, List<String> reviewers) {
    return new Planned(
        it.change(),
        it.candidate(),
        it.stages(),
        it.production(),
        limits,
        reviewers,
        it.configuration());
  }

  private static Decision effect(Decision it, Effect effect) {
    return new Decision(
        it.change(),
        it.step(),
        effect,
        it.permits(),
        it.candidate(),
        it.slots(),
        it.artifacts(),
        it.judgements(),
        it.approvals(),
        it.configuration(),
        it.policy(),
        it.version(),
        it.at());
  }

  private static Decision judged(Decision it, List<Judgement> judgements) {
    return decision(it, it.artifacts(), judgements, it.approvals());
  }

  private static Decision approved(Decision it, List<Approval> approvals) {
    return decision(it, it.artifacts(), it.judgements(), approvals);
  }

  private static Decision deploying(Decision it) {
    Artifact other = new Artifact.File(Digest.of(new byte[1]), "orders.jar");
    return decision(
        it, Map.of(Stories.PRODUCTION.service(), other), it.judgements(), it.approvals());
  }

  private static Decision decision(
      Decision it,
      Map<ServiceName, Artifact> artifacts,
      List<Judgement> judgements,
      List<Approval> approvals) {
    return new Decision(
        it.change(),
        it.step(),
        it.effect(),
        it.permits(),
        it.candidate(),
        it.slots(),
        artifacts,
        judgements,
        approvals,
        it.configuration(),
        it.policy(),
        it.version(),
        it.at());
  }
}
