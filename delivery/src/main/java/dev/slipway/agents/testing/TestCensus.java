package dev.slipway.agents.testing;

import dev.slipway.agents.testing.TestGaps.Found;
import dev.slipway.change.Candidate;
import dev.slipway.change.CommitId;
import dev.slipway.change.FileChange;
import dev.slipway.change.ServiceName;
import dev.slipway.policy.Measurement;
import dev.slipway.policy.Measurement.Unit;
import dev.slipway.project.Service;
import dev.slipway.workspace.Workspace;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Whether a change leaves fewer tests than there were. What was executed is remembered by commit,
 * so that the base, which was a candidate once, need not be run again; where it has to be, only for
 * changes that can take tests away.
 */
final class TestCensus {
  /** How many tests the base executes, of the services the change concerns. */
  private static final String BASE = "tests.executed_in_base";

  private final Workspace workspace;
  private final TestReports reports;
  private final TestCounts counts;

  TestCensus(Workspace workspace, TestReports reports, TestCounts counts) {
    this.workspace = workspace;
    this.reports = reports;
    this.counts = counts;
  }

  /** What was found, with how many tests the base executes. */
  Found compared(String repository, Candidate candidate, List<Service> services, Found found) {
    keep(repository, candidate.commit(), found.executed());
    Measurement base = base(repository, candidate, services, found.executed());
    return found.with(base);
  }

  private void keep(String repository, CommitId commit, Map<ServiceName, Integer> executed) {
    executed.forEach((service, count) -> counts.counted(repository, service, commit, count));
  }

  private Measurement base(
      String repository,
      Candidate candidate,
      List<Service> services,
      Map<ServiceName, Integer> executed) {
    List<Service> counted =
        services.stream().filter(it -> executed.containsKey(it.name())).toList();
    List<Service> unknown = new ArrayList<>();
    int known = 0;
    for (Service service : counted) {
      Optional<Integer> before = counts.of(repository, service.name(), candidate.base());
      if (before.isEmpty()) {
        unknown.add(service);
      }
      known += before.orElse(0);
    }
    if (unknown.isEmpty()) {
      return new Measurement.Value(BASE, known, Unit.COUNT);
    }
    if (!takesAway(repository, candidate)) {
      return new Measurement.NotApplicable(
          BASE, "the change touches no existing test and nothing that says which tests there are");
    }
    CommitId base = candidate.base();
    Suites suites = Suites.run(workspace, reports, repository, base, base, unknown);
    keep(repository, base, suites.executed());
    return suites.executed().size() == unknown.size()
        ? new Measurement.Value(BASE, known + suites.total(), Unit.COUNT)
        : new Measurement.NotApplicable(BASE, "the tests of the base leave no report");
  }

  /** Only what is there can be taken away; sources of production code hold no tests. */
  private boolean takesAway(String repository, Candidate candidate) {
    return workspace.diff(repository, candidate.base(), candidate.commit()).files().stream()
        .filter(it -> it.kind() != FileChange.Kind.ADDED && it.kind() != FileChange.Kind.COPIED)
        .anyMatch(it -> Sources.isTest(it.oldPath()) || !Sources.isSource(it.oldPath()));
  }
}
