package dev.slipway.agents.testing;

import dev.slipway.agents.Agent;
import dev.slipway.agents.Assignment;
import dev.slipway.change.Candidate;
import dev.slipway.change.Stage;
import dev.slipway.model.Conversation;
import dev.slipway.model.Conversations;
import dev.slipway.policy.Measurement;
import dev.slipway.policy.Report;
import dev.slipway.workspace.Workspace;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Runs the tests of every service that a change concerns, and measures what they cover of it. Where
 * lines are left out and a model is configured, it has tests written and proved, and reports those
 * that hold as a suggestion.
 */
public final class TestAgent implements Agent {
  static final String NAME = "test/2";

  private final Workspace workspace;
  private final TestReports reports;
  private final List<LanguageProfile> profiles;
  private final Conversations conversations;

  /** An agent that writes no tests. */
  public TestAgent(Workspace workspace, TestReports reports) {
    this(workspace, reports, List.of(), Conversations.none());
  }

  public TestAgent(
      Workspace workspace,
      TestReports reports,
      List<LanguageProfile> profiles,
      Conversations conversations) {
    this.workspace = workspace;
    this.reports = reports;
    this.profiles = List.copyOf(profiles);
    this.conversations = conversations;
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
        gaps.find(repository, candidate.base(), candidate.commit(), assignment.services());
    Optional<Conversation> conversation =
        conversations.about(assignment.pull().id(), assignment.project().budget());
    if (conversation.isEmpty() || found.all().isEmpty()) {
      return found.report();
    }
    Generation generation =
        gaps.generate(
            repository,
            candidate.commit(),
            found,
            conversation.get(),
            assignment.project().budget().attemptsMax());
    return with(found.report(), generation, conversation.get());
  }

  /** The report with what was written: a suggestion, whose patch is kept beside the log. */
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
    measurements.addAll(generation.account().measurements());
    Map<String, String> evidence = new TreeMap<>(report.evidence());
    evidence.putAll(generation.account().evidence());
    generation
        .kept()
        .forEach(it -> evidence.put("test " + it.path(), conversation.keep(it.code()).toString()));
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

  private static String shown(String text) {
    return dev.slipway.change.Printable.of(text);
  }
}
