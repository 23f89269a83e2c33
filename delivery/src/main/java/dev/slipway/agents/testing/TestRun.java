package dev.slipway.agents.testing;

import dev.slipway.agents.testing.TestReports.CoverageResult;
import dev.slipway.agents.testing.TestReports.Failure;
import dev.slipway.agents.testing.TestReports.Results;
import dev.slipway.change.Printable;
import dev.slipway.policy.Check;
import dev.slipway.project.Service;
import dev.slipway.workspace.Execution;
import dev.slipway.workspace.SandboxedCommand;
import dev.slipway.workspace.Workspace.Checkout;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * One run of one service's tests in a checkout, and a second if something failed: what then passes
 * on the very same tree is flaky, not broken.
 */
final class TestRun {
  private static final int TAIL_LINES = 12;

  private final Checkout checkout;
  private final Service service;
  private final Service.Tests tests;
  private final TestReports reports;
  private final List<String> sources;

  TestRun(
      Checkout checkout,
      Service service,
      Service.Tests tests,
      TestReports reports,
      List<String> sources) {
    this.checkout = checkout;
    this.service = service;
    this.tests = tests;
    this.reports = reports;
    this.sources = sources;
  }

  /**
   * What came of it.
   *
   * @param took the first run
   */
  record Outcome(
      int executed, List<Check> checks, CoverageResult coverage, Duration took, Results results) {}

  private record Attempt(Execution execution, Results results) {
    Set<String> failed() {
      return results instanceof Results.Ran ran
          ? ran.failures().stream().map(Failure::test).collect(Collectors.toSet())
          : Set.of();
    }

    int executed() {
      return results instanceof Results.Ran ran ? ran.executed() : 0;
    }
  }

  Outcome run() {
    Attempt first = attempt();
    List<Check> checks = new ArrayList<>();
    if (first.execution().succeeded() && first.failed().isEmpty()) {
      checks.add(ran(first));
      return outcome(first, checks);
    }
    if (!(first.execution().ending() instanceof Execution.Ending.Exited)) {
      checks.add(
          new Check(
              service.name() + " tests",
              Check.Outcome.NOT_RUN,
              "the test command " + first.execution().describe()));
      return outcome(first, checks);
    }
    Attempt second = attempt();
    checks.addAll(compared(first, second));
    return outcome(first, checks);
  }

  private Outcome outcome(Attempt first, List<Check> checks) {
    return new Outcome(
        first.executed(), checks, coverage(), first.execution().took(), first.results());
  }

  private Check ran(Attempt attempt) {
    return switch (attempt.results()) {
      case Results.Ran ran ->
          new Check(
              service.name() + " tests",
              Check.Outcome.PASSED,
              ran.executed() + " tests passed, " + ran.skipped() + " skipped");
      case Results.Unreadable it ->
          new Check(service.name() + " tests", Check.Outcome.NOT_RUN, it.reason());
    };
  }

  private List<Check> compared(Attempt first, Attempt second) {
    List<Check> checks = new ArrayList<>();
    boolean passesNow = second.execution().succeeded() && second.failed().isEmpty();
    if (first.results() instanceof Results.Ran ran) {
      for (Failure failure : ran.failures()) {
        boolean flaky = !second.failed().contains(failure.test()) && second.executed() > 0;
        checks.add(
            new Check(
                Printable.of(failure.test()),
                flaky ? Check.Outcome.FLAKY : Check.Outcome.FAILED,
                (flaky ? "failed and then passed on the same tree: " : "failed twice: ")
                    + Printable.of(failure.message())));
      }
    }
    if (checks.isEmpty()) {
      checks.add(
          new Check(
              service.name() + " test command",
              passesNow ? Check.Outcome.FLAKY : Check.Outcome.FAILED,
              "the test command "
                  + first.execution().describe()
                  + (passesNow ? " and then passed on the same tree" : "")
                  + ": "
                  + first.execution().lastLines(TAIL_LINES)));
    }
    return checks;
  }

  private Attempt attempt() {
    OldReports.forget(root(), tests);
    Execution execution = checkout.run(SandboxedCommand.of(tests.command()));
    return new Attempt(execution, reports.results(root(), tests.junit()));
  }

  private CoverageResult coverage() {
    return tests.coverage().isEmpty()
        ? new CoverageResult.Unreadable("no coverage report is configured")
        : reports.coverage(root(), tests.coverage(), sources);
  }

  private Path root() {
    return checkout.directory().resolve(service.root()).normalize();
  }
}
