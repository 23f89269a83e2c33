package dev.slipway.agents.testing;

import dev.slipway.agents.Agent;
import dev.slipway.agents.Assignment;
import dev.slipway.agents.testing.Generation.Kept;
import dev.slipway.change.Candidate;
import dev.slipway.change.CommitId;
import dev.slipway.change.PullRequest;
import dev.slipway.change.Stage;
import dev.slipway.model.Conversation;
import dev.slipway.model.Conversations;
import dev.slipway.policy.Measurement;
import dev.slipway.policy.Measurement.NoData;
import dev.slipway.policy.Measurement.Unit;
import dev.slipway.policy.Report;
import dev.slipway.workspace.Workspace;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Runs the tests of every service that a change concerns, and measures what they cover of it. Where
 * lines are left out and a model is configured, it has tests written and proved, and proposes those
 * that hold as a commit on top of the change's head.
 */
public final class TestAgent implements Agent {
  static final String NAME = "test/3";

  /** How many tests were written for the change and hold; without data, what was tried. */
  private static final String WRITTEN = "tests.written";

  private final Workspace workspace;
  private final TestReports reports;
  private final List<LanguageProfile> profiles;
  private final Conversations conversations;
  private final TestCounts counts;

  public TestAgent(
      Workspace workspace,
      TestReports reports,
      List<LanguageProfile> profiles,
      Conversations conversations,
      TestCounts counts) {
    this.workspace = workspace;
    this.reports = reports;
    this.profiles = List.copyOf(profiles);
    this.conversations = conversations;
    this.counts = counts;
  }

  @Override
  public Stage stage() {
    return Stage.TEST;
  }

  @Override
  public Report run(Assignment assignment) throws InterruptedException {
    String repository = assignment.pull().repository();
    Candidate candidate = assignment.candidate();
    TestGaps gaps = new TestGaps(workspace, reports, profiles);
    TestGaps.Found found =
        new TestCensus(workspace, reports, counts)
            .compared(
                repository,
                candidate,
                assignment.services(),
                gaps.find(repository, candidate.base(), candidate.commit(), assignment.services()));
    Optional<Conversation> conversation =
        conversations.about(assignment.pull().id(), assignment.project().budget());
    if (conversation.isEmpty() || found.all().isEmpty() || !found.testsPass()) {
      return found.report();
    }
    if (assignment.entry().isEmpty()) {
      return conversation
          .get()
          .purse()
          .spent()
          .map(spent -> found.report().with(new NoData(WRITTEN, "budget: " + spent)))
          .orElse(found.report());
    }
    Generation generation =
        gaps.generate(
            repository,
            candidate.commit(),
            found,
            conversation.get(),
            assignment.project().budget().attemptsMax());
    Report report = with(found.report(), generation, conversation.get());
    return proposed(assignment, generation.kept(), assignment.entry().get())
        .map(report::proposing)
        .orElse(report);
  }

  /** A fork is not ours to push to, and a file that the head has is not ours to replace. */
  private Optional<CommitId> proposed(Assignment assignment, List<Kept> kept, String entry) {
    PullRequest pull = assignment.pull();
    Set<String> taken =
        Set.copyOf(workspace.tree(pull.repository(), assignment.candidate().head()).paths());
    List<Kept> tests = kept.stream().filter(it -> !taken.contains(it.path())).toList();
    return tests.isEmpty() || pull.origin() == PullRequest.Origin.FORK
        ? Optional.empty()
        : Optional.of(
            workspace.propose(
                pull.repository(),
                assignment.candidate().head(),
                TestCommit.of(pull.id(), tests, Map.of("Slipway-Audit", entry))));
  }

  /** The report with what was written, and with its patch, which is kept beside the log. */
  private static Report with(Report report, Generation generation, Conversation conversation) {
    List<String> notes = new ArrayList<>(report.notes());
    notes.add("generated tests: " + generation.summary());
    generation
        .kept()
        .forEach(it -> notes.add("suggested test " + it.path() + ": " + shown(it.edgeCase())));
    generation.dropped().stream()
        .limit(50)
        .forEach(it -> notes.add("dropped test " + it.test() + ": " + shown(it.reason())));
    generation.bound().ifPresent(it -> notes.add("test generation ended early: " + shown(it)));
    notes.addAll(generation.account().notes());
    List<Measurement> measurements = new ArrayList<>(report.measurements());
    measurements.add(written(generation));
    measurements.addAll(generation.account().measurements());
    Map<String, String> evidence = new TreeMap<>(report.evidence());
    evidence.putAll(generation.account().evidence());
    if (!generation.kept().isEmpty()) {
      String patch = PatchText.of(generation.kept());
      evidence.put("tests.patch", conversation.keep(patch).toString());
    }
    return new Report(
        report.stage(),
        report.agent(),
        report.findings(),
        measurements,
        report.checks(),
        report.judged(),
        notes,
        evidence);
  }

  /** How many tests were written; what was tried, where that closes not every gap. */
  private static Measurement written(Generation generation) {
    if (generation.bound().isEmpty() && generation.remaining().isEmpty()) {
      return new Measurement.Value(WRITTEN, generation.kept().size(), Unit.COUNT);
    }
    return new NoData(
        WRITTEN,
        generation.summary()
            + generation.bound().map(it -> "; ended early by " + shown(it)).orElse(""));
  }

  private static String shown(String text) {
    return dev.slipway.change.Printable.of(text);
  }
}
