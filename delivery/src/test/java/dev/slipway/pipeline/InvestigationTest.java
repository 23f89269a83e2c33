package dev.slipway.pipeline;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.slipway.audit.AuditRecord;
import dev.slipway.audit.AuditRecord.AgentReport;
import dev.slipway.audit.AuditRecord.IncidentReported;
import dev.slipway.audit.AuditRecord.OfChange;
import dev.slipway.change.Candidate;
import dev.slipway.change.CommitId;
import dev.slipway.change.Digest;
import dev.slipway.change.Environment;
import dev.slipway.change.ServiceName;
import dev.slipway.change.Slot;
import dev.slipway.change.Stage;
import dev.slipway.escalation.ContextPackage;
import dev.slipway.evidence.FakeEvidenceStore;
import dev.slipway.incident.Cause;
import dev.slipway.incident.FakeIncidents;
import dev.slipway.incident.Incident;
import dev.slipway.incident.Incidents;
import dev.slipway.incident.MadeUp;
import dev.slipway.model.Conversations;
import dev.slipway.model.FakeModel;
import dev.slipway.model.FakeSpending;
import dev.slipway.notification.Notifier;
import dev.slipway.policy.Reason;
import dev.slipway.policy.Report;
import dev.slipway.policy.Verdict;
import dev.slipway.project.Projects;
import dev.slipway.project.Service;
import dev.slipway.telemetry.RecordingText;
import dev.slipway.workspace.FakeSandbox;
import dev.slipway.workspace.FakeWorkspace;
import dev.slipway.workspace.TestRepository;
import dev.slipway.workspace.Workspace;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InvestigationTest {
  private static final ChangePlan PLAN = Journey.plan(Service.Kind.HTTP);

  @TempDir Path directory;

  private final Journey journey = new Journey(Options.NONE);
  private final FakeEvidenceStore evidence = new FakeEvidenceStore();
  private final FakeIncidents incidents = new FakeIncidents();
  private final List<OfChange> records = new ArrayList<>();
  private final List<String> alarms = new ArrayList<>();
  private Conversations conversations = Conversations.none();
  private Workspace workspace = gone();
  private Candidate candidate = Journey.CANDIDATE;

  @BeforeEach
  void makeTheChange() {
    FakeWorkspace files = new FakeWorkspace(directory, new FakeSandbox());
    TestRepository repository = files.repository("/repo");
    CommitId base = repository.commit("main", "src/Shop.java", "class Shop {\n}\n");
    repository.branchOff("main", "candidate");
    CommitId commit =
        repository.commit(
            "candidate",
            "src/Shop.java",
            "class Shop {\n  int size;\n  void go() { Thread.sleep(900); }\n}\n");
    candidate = new Candidate(commit, Journey.HEAD, base);
    workspace = files;
  }

  /** A repository that somebody deleted. */
  private static Workspace gone() {
    return (Workspace)
        Proxy.newProxyInstance(
            Workspace.class.getClassLoader(),
            new Class<?>[] {Workspace.class},
            (proxy, method, arguments) -> {
              throw new UncheckedIOException(new IOException("there is no /repo"));
            });
  }

  private Journey at(Step step) {
    journey.done(new Result.Prepared(candidate, PLAN));
    journey.passUntil(step, PLAN);
    return journey;
  }

  /** What was measured of the canary, and the review before it, are on record. */
  private ChangeState rolledBack(Verdict verdict) {
    at(Step.WATCHING).report(Journey.judged(verdict));
    Digest recording = evidence.keep(RecordingText.of(MadeUp.recording()).getBytes(UTF_8));
    Report watched =
        new Report(
            Stage.DEPLOYMENT,
            "deployment/1",
            List.of(),
            List.of(),
            List.of(),
            List.of(verdict),
            List.of(),
            Map.of(Report.RECORDING, recording.toString()));
    records.add(new AgentReport(journey.state.pull().id(), candidate, Journey.risk(2), "r"));
    records.add(new AgentReport(journey.state.pull().id(), candidate, watched, "d"));
    Act.RollBack back = (Act.RollBack) journey.work();
    records.add(back.afterwards());
    journey.done(Result.RolledBack.seen());
    return journey.state;
  }

  private Investigation investigation() {
    return new Investigation(
        change -> records,
        workspace,
        (repository, commit) -> new Projects.Reading.Missing(),
        evidence,
        conversations,
        incidents,
        new Notifier() {
          @Override
          public void needsPerson(ContextPackage context) {
            throw new AssertionError("nobody has to decide");
          }

          @Override
          public void alarm(String title, String text) {
            alarms.add(title + ": " + text);
          }
        });
  }

  private static List<String> wanted(ChangeState state) {
    return new Planner("test")
        .acts(state).stream().filter(Act.ReportIncident.class::isInstance).map(Act::key).toList();
  }

  @Test
  void aReportIsWantedOnceForARollbackForWhatWasSeen() {
    ChangeState state = rolledBack(Journey.failed());
    assertThat(state.step()).isEqualTo(Step.ROLLED_BACK);
    assertThat(wanted(state)).containsExactly(state.turn() + "/incident");
  }

  @Test
  void itIsWantedAlsoWhereAPersonDecidesWhatFollows() {
    ChangeState state = rolledBack(Journey.inconclusive());
    assertThat(state.step()).isEqualTo(Step.WAITING_FOR_PERSON);
    assertThat(wanted(state)).hasSize(1);
    journey.send(new Signal.Retry(Journey.AUTHOR));
    assertThat(wanted(journey.state)).isEmpty();
  }

  @Test
  void theRollbackItselfDoesNotWaitForIt() {
    at(Step.WATCHING).report(Journey.judged(Journey.failed()));
    assertThat(journey.state.step()).isEqualTo(Step.ROLLING_BACK);
    assertThat(wanted(journey.state)).isEmpty();
  }

  @Test
  void aCanaryThatDoesNotComeUpIsAnIncidentAndABaseVersionThatDoesNotIsNone() {
    at(Step.SHIFTING).done(new Result.Impossible(List.of(unhealthy(Step.SHIFTING))));
    journey.done(Result.RolledBack.seen());
    assertThat(wanted(journey.state)).hasSize(1);

    Journey first = new Journey(Options.NONE);
    first.passUntil(Step.ASSESSING, PLAN);
    first.report(Journey.firstDeployment());
    first.approve(Journey.REVIEWER);
    first.passUntil(Step.ASSESSING, PLAN);
    first.report(Journey.firstDeployment());
    assertThat(first.state.step()).isEqualTo(Step.INSTALLING_BASE);
    first.done(new Result.Impossible(List.of(unhealthy(Step.INSTALLING_BASE))));
    first.done(Result.RolledBack.seen());
    assertThat(first.state.step()).isEqualTo(Step.ROLLED_BACK);
    assertThat(wanted(first.state)).isEmpty();
  }

  private static Reason unhealthy(Step step) {
    return new Reason(
        "deploy.unhealthy", step.name().toLowerCase(Locale.ROOT), "it does not start");
  }

  @Test
  void whatPeopleAndTheBaseBranchTakeBackIsNoIncident() {
    at(Step.WATCHING).send(new Signal.Reject(Journey.REVIEWER, "no"));
    journey.done(Result.RolledBack.seen());
    assertThat(journey.state.step()).isEqualTo(Step.REJECTED);
    assertThat(wanted(journey.state)).isEmpty();

    for (Signal signal :
        List.of(
            new Signal.Push(new CommitId("d".repeat(40))),
            new Signal.Close(),
            new Signal.GiveWay(
                new Slot(Environment.PRODUCTION, new ServiceName("s0")),
                "somebody is in a hurry"))) {
      Journey other = new Journey(Options.NONE);
      other.passUntil(Step.QUEUED_FOR_PRODUCTION, PLAN);
      other.passUntil(Step.WATCHING, PLAN);
      other.send(signal);
      assertThat(other.state.step()).as(signal.toString()).isEqualTo(Step.ROLLING_BACK);
      other.done(Result.RolledBack.seen());
      assertThat(wanted(other.state)).as(signal.toString()).isEmpty();
    }
    Journey moved = new Journey(Options.NONE);
    moved.passUntil(Step.WATCHING, PLAN);
    moved.done(new Result.BaseMoved(new CommitId("e".repeat(40))));
    moved.done(Result.RolledBack.seen());
    assertThat(moved.state.step()).isEqualTo(Step.PREPARING);
    assertThat(wanted(moved.state)).isEmpty();
  }

  @Test
  void theReportHasWhatWasSeenWhatIsSuspectedAndHowToJudgeAgain() throws Exception {
    ChangeState state = rolledBack(Journey.failed());

    IncidentReported record = investigation().report(state);

    Incidents.Kept kept = incidents.all().getLast();
    Incident incident = kept.incident();
    assertThat(incident.name()).isEqualTo("c1-" + state.turn());
    assertThat(incident.share()).contains("5 %");
    assertThat(incident.tripped().getFirst().rule()).isEqualTo("canary.error_rate");
    assertThat(incident.timeline())
        .extracting(Incident.Moment::what)
        .contains("review: pass", "the judge: fail", "going back: canary.error_rate");
    assertThat(incident.diff().added()).isEqualTo(2);
    assertThat(incident.ranking().suspects().getFirst().line()).isEqualTo(3);
    assertThat(incident.cause()).isEqualTo(new Cause.RankedEvidence("no model is configured"));
    assertThat(incident.done()).anyMatch(it -> it.contains("production/s0"));
    assertThat(incident.reproduction().orElseThrow().arguments())
        .containsSequence("--error-rate-max", "0.5%", "--latency-p99-max", "800ms");
    assertThat(alarms).singleElement().asString().contains("c1", "too many", kept.place());
    assertThat(record.evidence())
        .containsEntry("incident", Digest.of(kept.document().getBytes(UTF_8)).toString());
    assertThat(record.at()).isEqualTo(state.since());
  }

  @Test
  void peopleAreToldBeforeTheModelIsAskedAndItsHypothesisIsAdded() throws Exception {
    ChangeState state = rolledBack(Journey.failed());
    List<String> toldBefore = new ArrayList<>();
    FakeModel model =
        new FakeModel(
            question -> {
              toldBefore.addAll(alarms);
              return new FakeModel.Says.Nothing("timed out");
            });
    conversations = Conversations.with(model, evidence, new FakeSpending());

    IncidentReported record = investigation().report(state);

    assertThat(toldBefore).hasSize(1);
    assertThat(incidents.all())
        .extracting(it -> it.incident().cause())
        .containsExactly(
            new Cause.Asked("fake/model"),
            new Cause.RankedEvidence("fake/model gave no hypothesis: timed out"));
    assertThat(record.evidence()).containsKeys("incident", "model.1.transcript");
    assertThat(alarms).hasSize(1);
  }

  @Test
  void doneAgainAfterACrashItIsTheSameAndTheModelIsNotAskedAgain() throws Exception {
    ChangeState state = rolledBack(Journey.failed());
    FakeModel model = new FakeModel(question -> new FakeModel.Says.No());
    conversations = Conversations.with(model, evidence, new FakeSpending());

    IncidentReported first = investigation().report(state);
    IncidentReported again = investigation().report(state);

    assertThat(again).isEqualTo(first);
    assertThat(model.questions()).hasSize(1);
  }

  @Test
  void aCrashWhileTheModelIsAskedLosesNothing() throws Exception {
    ChangeState state = rolledBack(Journey.failed());
    FakeModel model =
        new FakeModel(
            question -> {
              throw new IllegalStateException("the power failed");
            });
    conversations = Conversations.with(model, evidence, new FakeSpending());
    assertThatIllegalStateException().isThrownBy(() -> investigation().report(state));
    assertThat(incidents.all()).hasSize(1);
    conversations =
        Conversations.with(
            new FakeModel(question -> new FakeModel.Says.No()), evidence, new FakeSpending());

    investigation().report(state);

    assertThat(incidents.all().getLast().incident().isComplete()).isTrue();
  }

  @Test
  void aRepositoryThatIsGoneTakesOnlyItsLinesAlong() throws Exception {
    ChangeState state = rolledBack(Journey.failed());
    workspace = gone();
    conversations =
        Conversations.with(
            new FakeModel(question -> new FakeModel.Says.No()), evidence, new FakeSpending());

    investigation().report(state);

    Incident incident = incidents.all().getLast().incident();
    assertThat(incident.diff().incomplete())
        .hasValueSatisfying(it -> assertThat(it).contains("there is no /repo"));
    assertThat(incident.ranking().suspects()).isEmpty();
    assertThat(incident.cause())
        .isEqualTo(new Cause.RankedEvidence("there is nothing of the change to show a model"));
    assertThat(incident.reproduction()).isPresent();
  }

  @Test
  void withoutTheReviewsReportNoLineIsShown() throws Exception {
    ChangeState state = rolledBack(Journey.failed());
    records.removeIf(
        it -> it instanceof AgentReport report && report.report().stage() == Stage.REVIEW);

    investigation().report(state);

    assertThat(incidents.all().getLast().incident().ranking().suspects()).isEmpty();
  }

  @Test
  void aRecordingThatWasErasedIsMissingAndNothingElse() throws Exception {
    ChangeState state = rolledBack(Journey.failed());
    evidence.erase(Digest.of(RecordingText.of(MadeUp.recording()).getBytes(UTF_8)));

    investigation().report(state);

    Incident incident = incidents.all().getLast().incident();
    assertThat(incident.reproduction()).isEmpty();
    assertThat(incident.ranking().suspects()).isNotEmpty();
  }

  @Test
  void whatAPersonTookBackSaysWhoAndWhy() throws Exception {
    at(Step.SHIPPED).send(new Signal.Withdraw(Journey.REVIEWER, "it loses orders"));
    journey.passUntil(Step.ROLLED_BACK, PLAN);
    assertThat(wanted(journey.state)).hasSize(1);

    investigation().report(journey.state);

    Incident incident = incidents.all().getLast().incident();
    assertThat(incident.tripped())
        .singleElement()
        .satisfies(
            it -> {
              assertThat(it.rule()).isEqualTo(AuditRecord.WITHDRAWN);
              assertThat(it.message()).isEqualTo("it loses orders");
            });
    assertThat(incident.share()).isEqualTo(Optional.empty());
    assertThat(incident.done()).anyMatch(it -> it.contains("grace took it back"));
  }
}
