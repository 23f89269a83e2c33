package dev.slipway.agents.testing;

import dev.slipway.agents.testing.TestReports.CoverageResult;
import dev.slipway.change.CommitId;
import dev.slipway.change.ServiceName;
import dev.slipway.policy.Check;
import dev.slipway.policy.Finding;
import dev.slipway.policy.Measurement;
import dev.slipway.policy.Measurement.Unit;
import dev.slipway.project.Service;
import dev.slipway.workspace.Workspace;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What the existing tests of all services that a change concerns say.
 *
 * @param executed how many tests of each service were executed, where that is known
 * @param took how long each service's tests took
 * @param unmeasured of which services the coverage is not measured, with why
 * @param coverage of the changed lines
 * @param coverageMeasured whether any service's configuration names a coverage report
 * @param unreadable coverage reports that could not be read, with why
 */
record Suites(
    Map<ServiceName, Integer> executed,
    Map<ServiceName, Duration> took,
    List<Check> checks,
    List<String> unmeasured,
    ChangedCoverage coverage,
    boolean coverageMeasured,
    List<String> unreadable) {

  /** The covered share of the changed lines. */
  static final String COVERAGE = "coverage.changed_lines";

  /** Runs the tests of each service in a checkout of its own. */
  static Suites run(
      Workspace workspace,
      TestReports reports,
      String repository,
      CommitId base,
      CommitId commit,
      List<Service> services) {
    List<String> sources = workspace.tree(repository, commit).paths();
    List<Check> checks = new ArrayList<>();
    List<String> unmeasured = new ArrayList<>();
    Map<String, SortedMap<Integer, Boolean>> covered = new TreeMap<>();
    List<String> unreadable = new ArrayList<>();
    Map<ServiceName, Integer> executed = new LinkedHashMap<>();
    Map<ServiceName, Duration> took = new LinkedHashMap<>();
    boolean measured = false;
    for (Service service : services) {
      if (service.tests().isEmpty()) {
        unmeasured.add(service.name() + " has no tests by the base branch's configuration");
        continue;
      }
      Service.Tests tests = service.tests().get();
      try (Workspace.Checkout checkout = workspace.checkout(repository, commit)) {
        TestRun.Outcome outcome = new TestRun(checkout, service, tests, reports, sources).run();
        if (outcome.results() instanceof TestReports.Results.Ran) {
          executed.put(service.name(), outcome.executed());
        }
        took.put(service.name(), outcome.took());
        checks.addAll(outcome.checks());
        if (tests.coverage().isEmpty()) {
          unmeasured.add(
              service.name() + " has no coverage report by the base branch's configuration");
        } else {
          measured = true;
          switch (outcome.coverage()) {
            case CoverageResult.Covered it -> covered.putAll(it.lines());
            case CoverageResult.Unreadable it ->
                unreadable.add(service.name() + ": " + it.reason());
          }
        }
      }
    }
    return new Suites(
        executed,
        took,
        checks,
        unmeasured,
        ChangedCoverage.of(workspace.diff(repository, base, commit), covered),
        measured,
        unreadable);
  }

  /** How many tests were executed in all. */
  int total() {
    return executed.values().stream().mapToInt(Integer::intValue).sum();
  }

  List<Finding> gaps() {
    return coverageMeasured ? coverage.gaps() : List.of();
  }

  /** The covered share of the changed lines, or why there is none. */
  Measurement measurement() {
    if (!coverageMeasured) {
      return new Measurement.NotApplicable(
          COVERAGE, "the base branch's configuration names no coverage report");
    }
    if (!unreadable.isEmpty()) {
      return new Measurement.NoData(COVERAGE, String.join("; ", unreadable));
    }
    return coverage.executable() == 0
        ? new Measurement.NotApplicable(COVERAGE, "no changed line is executable")
        : new Measurement.Value(
            COVERAGE, (double) coverage.covered() / coverage.executable(), Unit.RATIO);
  }
}
