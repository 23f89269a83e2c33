package dev.slipway.agents.testing;

import dev.slipway.agents.testing.Proof.Step;
import dev.slipway.agents.testing.Proof.Verdict;
import dev.slipway.agents.testing.TestReports.CoverageResult;
import dev.slipway.agents.testing.TestReports.Failure;
import dev.slipway.agents.testing.TestReports.Results;
import dev.slipway.change.Printable;
import dev.slipway.project.Command;
import dev.slipway.workspace.Execution;
import dev.slipway.workspace.Execution.Ending;
import dev.slipway.workspace.SandboxedCommand;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * The proof of one generated test, by running it in a checkout of its own: it compiles, passes,
 * goes on passing, executes lines of the gap, notices when one of them is broken, and touches
 * nothing.
 */
final class Trial {
  private static final int RUNS = 5;
  private static final int MUTANTS_MAX = 8;
  private static final int OUTPUT_LINES_MAX = 60;
  private static final int OUTPUT_CHARS_MAX = 6_000;

  private final TrialGround ground;
  private final Gap gap;
  private final LanguageProfile profile;
  private final List<Step> steps = new ArrayList<>();

  private record Run(Execution execution, Results results) {
    boolean passed() {
      return execution.succeeded()
          && results instanceof Results.Ran ran
          && ran.executed() > 0
          && ran.failures().isEmpty();
    }

    /** Whether tests ran and said no: not a compiler, not a bound. */
    boolean failed() {
      return results instanceof Results.Ran ran && !ran.failures().isEmpty();
    }
  }

  Trial(TrialGround ground, Gap gap, LanguageProfile profile) {
    this.ground = ground;
    this.gap = gap;
    this.profile = profile;
  }

  /** Runs the proof; what is tried is in the steps. */
  Proof prove() {
    Verdict verdict = verdict();
    return new Proof(verdict, steps);
  }

  private Verdict verdict() {
    Optional<Verdict> first = firstRun().or(this::touched);
    if (first.isPresent()) {
      return first.get();
    }
    List<Integer> covered = covered();
    if (covered.isEmpty()) {
      return new Verdict.Dropped("it executes none of the lines " + gap.lines());
    }
    return mutated(covered).or(this::repeated).or(this::touched).orElseGet(Verdict.Holds::new);
  }

  private Optional<Verdict> firstRun() {
    Run run = run("compiles and passes", List.of());
    if (run.passed()) {
      return Optional.empty();
    }
    return Optional.of(
        switch (run.execution().ending()) {
          case Ending.Bounded(String bound) ->
              new Verdict.Dropped("it did not end by itself: " + bound);
          case Ending.NotStarted(String reason) ->
              new Verdict.Dropped("the test command could not be started: " + reason);
          case Ending.Exited(int ignored) -> unpassed(run);
        });
  }

  private static Verdict unpassed(Run run) {
    return switch (run.results()) {
      case Results.Unreadable it when run.execution().succeeded() ->
          new Verdict.Dropped(
              "the runner ended with 0 and left no report, as if the test ended it: "
                  + it.reason());
      case Results.Unreadable ignored ->
          new Verdict.Repairable("it does not compile, or is not collected", output(run));
      case Results.Ran ran when ran.failures().isEmpty() ->
          new Verdict.Repairable(
              ran.executed() == 0 ? "the runner found no test in it" : "the test run failed",
              output(run));
      case Results.Ran ran ->
          new Verdict.Repairable("it fails: " + failures(ran.failures()), output(run));
    };
  }

  private static String failures(List<Failure> failures) {
    return failures.stream()
        .limit(3)
        .map(it -> Printable.of(it.test() + ": " + it.message()))
        .collect(Collectors.joining("; "));
  }

  /** What the tools said, its end: that is where they say what is wrong. */
  private static String output(Run run) {
    List<String> lines = run.execution().output().lines().toList();
    String end =
        String.join(
            "\n", lines.subList(Math.max(0, lines.size() - OUTPUT_LINES_MAX), lines.size()));
    return end.substring(Math.max(0, end.length() - OUTPUT_CHARS_MAX));
  }

  private List<Integer> covered() {
    long start = System.nanoTime();
    CoverageResult result = ground.coverage();
    List<Integer> covered =
        switch (result) {
          case CoverageResult.Covered it -> executed(it.lines().get(gap.file()));
          case CoverageResult.Unreadable ignored -> List.of();
        };
    String measured =
        result instanceof CoverageResult.Unreadable it
            ? it.reason()
            : covered.size() + " of " + gap.lines().size() + " lines of the gap";
    steps.add(new Step("covers the gap", measured, since(start)));
    return covered;
  }

  private List<Integer> executed(
      @org.jspecify.annotations.Nullable SortedMap<Integer, Boolean> lines) {
    return lines == null
        ? List.of()
        : gap.lines().stream().filter(line -> Boolean.TRUE.equals(lines.get(line))).toList();
  }

  /** The first of these runs follows a mutant that was taken away: it has to pass again. */
  private Optional<Verdict> repeated() {
    List<String> shuffle = profile.shuffle();
    for (int run = 2; run <= RUNS; run++) {
      Run again = run("passes " + run + " of " + RUNS, shuffle);
      if (again.results() instanceof Results.Unreadable && !shuffle.isEmpty()) {
        shuffle = List.of();
        again = run("passes " + run + " of " + RUNS + " in the usual order", shuffle);
      }
      if (!again.passed()) {
        return Optional.of(
            new Verdict.Dropped(
                "it is flaky: it passed, and failed in run " + run + " of " + RUNS));
      }
    }
    return Optional.empty();
  }

  private Optional<Verdict> mutated(List<Integer> covered) {
    int tried = 0;
    int survived = 0;
    for (int line : new TreeSet<>(covered)) {
      for (String mutant : profile.mutants(ground.line(gap.file(), line))) {
        if (tried++ >= MUTANTS_MAX) {
          return Optional.of(undetected(survived));
        }
        String original = ground.replaceLine(gap.file(), line, mutant);
        Run run = run("fails on a mutant of line " + line, List.of());
        ground.restore(gap.file(), original);
        if (run.failed() && !unrunnable(run)) {
          return Optional.empty();
        }
        survived += run.passed() ? 1 : 0;
      }
    }
    return Optional.of(undetected(survived));
  }

  private boolean unrunnable(Run run) {
    return run.results() instanceof Results.Ran ran
        && ran.failures().stream()
            .anyMatch(it -> profile.unrunnable().matcher(it.test() + ": " + it.message()).find());
  }

  private static Verdict undetected(int survived) {
    return survived > 0
        ? new Verdict.Dropped(
            "it passes although the lines it executes are broken (" + survived + " mutants)")
        : new Verdict.Dropped("no mutant of the lines it executes could be run");
  }

  private Optional<Verdict> touched() {
    long start = System.nanoTime();
    Optional<String> touched = ground.touched();
    steps.add(new Step("touches nothing else", touched.orElse("nothing touched"), since(start)));
    return touched.map(path -> new Verdict.Dropped("it changes " + Printable.of(path)));
  }

  private Run run(String name, List<String> more) {
    ground.forgetReports();
    Command command = ground.command(profile, more);
    Execution execution = ground.checkout().run(SandboxedCommand.of(command));
    Results results = ground.results();
    steps.add(new Step(name, measured(execution, results), execution.took()));
    return new Run(execution, results);
  }

  private static String measured(Execution execution, Results results) {
    return switch (results) {
      case Results.Ran ran ->
          "%d executed, %d failed, %s"
              .formatted(ran.executed(), ran.failures().size(), execution.describe());
      case Results.Unreadable ignored -> execution.describe() + ", no report";
    };
  }

  private static Duration since(long start) {
    return Duration.ofNanos(System.nanoTime() - start);
  }
}
