package dev.slipway.agents.testing;

import dev.slipway.agents.Agent;
import dev.slipway.agents.Assignment;
import dev.slipway.agents.testing.TestReports.CoverageResult;
import dev.slipway.change.Candidate;
import dev.slipway.change.Stage;
import dev.slipway.policy.Check;
import dev.slipway.policy.Finding;
import dev.slipway.policy.Measurement;
import dev.slipway.policy.Measurement.Unit;
import dev.slipway.policy.Report;
import dev.slipway.project.Service;
import dev.slipway.workspace.Workspace;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** Runs the tests of every service that a change concerns, and measures what they cover of it. */
public final class TestAgent implements Agent {
  private static final String NAME = "test/1";

  private final Workspace workspace;
  private final TestReports reports;

  public TestAgent(Workspace workspace, TestReports reports) {
    this.workspace = workspace;
    this.reports = reports;
  }

  @Override
  public Stage stage() {
    return Stage.TEST;
  }

  @Override
  public Report run(Assignment assignment) throws InterruptedException {
    String repository = assignment.pull().repository();
    Candidate candidate = assignment.candidate();
    List<String> sources = workspace.tree(repository, candidate.commit()).paths();
    List<Check> checks = new ArrayList<>();
    List<String> notes = new ArrayList<>();
    Map<String, SortedMap<Integer, Boolean>> covered = new TreeMap<>();
    List<String> unreadable = new ArrayList<>();
    int executed = 0;
    boolean measured = false;
    for (Service service : assignment.services()) {
      if (service.tests().isEmpty()) {
        notes.add(service.name() + " has no tests by the base branch's configuration");
        continue;
      }
      Service.Tests tests = service.tests().get();
      try (Workspace.Checkout checkout = workspace.checkout(repository, candidate.commit())) {
        TestRun run = new TestRun(checkout, service, tests, reports, sources);
        TestRun.Outcome outcome = run.run();
        executed += outcome.executed();
        checks.addAll(outcome.checks());
        if (!tests.coverage().isEmpty()) {
          measured = true;
          switch (outcome.coverage()) {
            case CoverageResult.Covered it -> covered.putAll(it.lines());
            case CoverageResult.Unreadable it ->
                unreadable.add(service.name() + ": " + it.reason());
          }
        }
      }
    }
    ChangedCoverage coverage =
        ChangedCoverage.of(
            workspace.diff(repository, candidate.base(), candidate.commit()), covered);
    List<Finding> gaps = measured ? coverage.gaps() : List.of();
    return new Report(
        Stage.TEST,
        NAME,
        gaps,
        List.of(
            new Measurement.Value("tests.executed", executed, Unit.COUNT),
            measurement(coverage, measured, unreadable)),
        checks,
        List.of(),
        notes,
        Map.of());
  }

  private static Measurement measurement(
      ChangedCoverage coverage, boolean measured, List<String> unreadable) {
    String name = "coverage.changed_lines";
    if (!measured) {
      return new Measurement.NotApplicable(
          name, "the base branch's configuration names no coverage report");
    }
    if (!unreadable.isEmpty()) {
      return new Measurement.NoData(name, String.join("; ", unreadable));
    }
    return coverage.executable() == 0
        ? new Measurement.NotApplicable(name, "no changed line is executable")
        : new Measurement.Value(
            name, (double) coverage.covered() / coverage.executable(), Unit.RATIO);
  }
}
