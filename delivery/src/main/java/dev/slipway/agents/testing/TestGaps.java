package dev.slipway.agents.testing;

import dev.slipway.change.CommitId;
import dev.slipway.change.ServiceName;
import dev.slipway.change.Stage;
import dev.slipway.model.Conversation;
import dev.slipway.policy.Check;
import dev.slipway.policy.Measurement;
import dev.slipway.policy.Measurement.Unit;
import dev.slipway.policy.Report;
import dev.slipway.project.Globs;
import dev.slipway.project.Service;
import dev.slipway.workspace.Workspace;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Finds the changed lines that no test executes, and has tests written for them. */
public final class TestGaps {
  private static final Duration TRIAL_MIN = Duration.ofSeconds(5);

  private final Workspace workspace;
  private final TestReports reports;
  private final TestWriter writer;

  public TestGaps(Workspace workspace, TestReports reports, List<LanguageProfile> profiles) {
    this.workspace = workspace;
    this.reports = reports;
    this.writer = new TestWriter(workspace, reports, profiles);
  }

  /**
   * What the existing tests leave open.
   *
   * @param report of the existing tests, for the gate
   * @param gaps by the service whose tests should close them
   * @param elsewhere gaps in files that belong to no service with tests
   * @param unknown why the gaps of some services, or all gaps, are not known
   * @param executed how many tests of each service were executed, where that is known
   * @param took how long each service's tests took
   */
  public record Found(
      Report report,
      Map<Service, List<Gap>> gaps,
      List<Gap> elsewhere,
      List<String> unknown,
      Map<ServiceName, Integer> executed,
      Map<ServiceName, Duration> took) {
    public Found {
      elsewhere = List.copyOf(elsewhere);
      unknown = List.copyOf(unknown);
    }

    /** Whether no existing test failed: what a failing run covers says nothing. */
    public boolean testsPass() {
      return report.checks().stream().noneMatch(it -> it.outcome() == Check.Outcome.FAILED);
    }

    /** All of them. */
    public List<Gap> all() {
      return Stream.concat(gaps.values().stream().flatMap(List::stream), elsewhere.stream())
          .toList();
    }

    /** What was found, with another measurement. */
    Found with(Measurement measurement) {
      return new Found(report.with(measurement), gaps, elsewhere, unknown, executed, took);
    }

    /** The report to who asks for gaps: that nobody measures them is no answer then. */
    public Report answer() {
      if (unknown.isEmpty()) {
        return report;
      }
      List<Measurement> measurements =
          report.measurements().stream()
              .map(
                  it ->
                      it instanceof Measurement.NotApplicable && it.name().equals(Suites.COVERAGE)
                          ? new Measurement.NoData(it.name(), String.join("; ", unknown))
                          : it)
              .toList();
      return new Report(
          report.stage(),
          report.agent(),
          report.findings(),
          measurements,
          report.checks(),
          report.judged(),
          report.notes(),
          report.evidence());
    }
  }

  /** Runs the existing tests and says which changed lines they leave out. */
  public Found find(String repository, CommitId base, CommitId head, List<Service> services) {
    return found(
        repository,
        head,
        services,
        Suites.run(workspace, reports, repository, base, head, services));
  }

  Found found(String repository, CommitId head, List<Service> services, Suites suites) {
    Map<Service, SortedMap<String, SortedSet<Integer>>> owned = new LinkedHashMap<>();
    List<Gap> elsewhere = new ArrayList<>();
    if (suites.coverageMeasured() && suites.unreadable().isEmpty()) {
      suites
          .coverage()
          .uncovered()
          .forEach(
              (file, lines) ->
                  owner(services, file)
                      .ifPresentOrElse(
                          it -> owned.computeIfAbsent(it, key -> new TreeMap<>()).put(file, lines),
                          () -> elsewhere.add(new Gap(file, "", lines))));
    }
    Map<Service, List<Gap>> gaps = new LinkedHashMap<>();
    owned.forEach(
        (service, files) -> gaps.put(service, writer.gaps(repository, head, service, files)));
    return new Found(
        report(suites),
        gaps,
        elsewhere,
        services.isEmpty() ? List.of("the change touches no service") : suites.unmeasured(),
        suites.executed(),
        suites.took());
  }

  /** The service with tests whose file it is: by its paths, then by the nearest directory. */
  private static Optional<Service> owner(List<Service> services, String file) {
    return services.stream()
        .filter(it -> it.tests().isPresent())
        .filter(it -> it.root().equals(".") || file.startsWith(it.root() + "/"))
        .max(
            Comparator.comparingInt((Service it) -> Globs.anyMatches(it.paths(), file) ? 1 : 0)
                .thenComparingInt(it -> it.root().equals(".") ? 0 : it.root().length()));
  }

  private static Report report(Suites suites) {
    return new Report(
        Stage.TEST,
        TestAgent.NAME,
        suites.gaps(),
        List.of(
            new Measurement.Value("tests.executed", suites.total(), Unit.COUNT),
            suites.measurement()),
        suites.checks(),
        List.of(),
        suites.unmeasured(),
        Map.of());
  }

  /**
   * Has tests written for the gaps, service by service, and keeps those that hold.
   *
   * @param attemptsMax how often one test may be written
   * @throws InterruptedException when they are no longer wanted
   */
  public Generation generate(
      String repository, CommitId head, Found found, Conversation conversation, int attemptsMax)
      throws InterruptedException {
    List<Generation.Kept> kept = new ArrayList<>();
    List<Generation.Dropped> dropped = new ArrayList<>();
    List<Gap> remaining = new ArrayList<>(found.elsewhere());
    Optional<String> bound = Optional.empty();
    for (Map.Entry<Service, List<Gap>> entry : found.gaps().entrySet()) {
      Generation generation =
          writer.write(
              new TestWriter.Task(
                  repository,
                  head,
                  entry.getKey(),
                  entry.getValue(),
                  limit(found.took().get(entry.getKey().name()))),
              conversation,
              attemptsMax);
      kept.addAll(generation.kept());
      dropped.addAll(generation.dropped());
      remaining.addAll(generation.remaining());
      bound = bound.or(generation::bound);
    }
    return new Generation(kept, dropped, remaining, bound, conversation.account());
  }

  /** One test has no reason to take longer than three times what all of them take together. */
  private static Duration limit(@Nullable Duration all) {
    Duration thrice = all == null ? TRIAL_MIN : all.multipliedBy(3);
    return thrice.compareTo(TRIAL_MIN) < 0 ? TRIAL_MIN : thrice;
  }
}
