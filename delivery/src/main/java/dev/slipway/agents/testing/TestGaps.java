package dev.slipway.agents.testing;

import dev.slipway.change.CommitId;
import dev.slipway.change.ServiceName;
import dev.slipway.change.Stage;
import dev.slipway.model.Conversation;
import dev.slipway.policy.Check;
import dev.slipway.policy.Measurement;
import dev.slipway.policy.Measurement.Unit;
import dev.slipway.policy.Report;
import dev.slipway.project.Service;
import dev.slipway.workspace.Workspace;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Finds the changed lines that no test executes, and has tests written for them. */
public final class TestGaps {
  private static final Duration TRIAL_MIN = Duration.ofSeconds(10);

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
   * @param executed how many tests of each service were executed, where that is known
   * @param took how long each service's tests took
   */
  public record Found(
      Report report,
      Map<Service, List<Gap>> gaps,
      Map<ServiceName, Integer> executed,
      Map<ServiceName, Duration> took) {
    /** Whether no existing test failed: what a failing run covers says nothing. */
    boolean testsPass() {
      return report.checks().stream().noneMatch(it -> it.outcome() == Check.Outcome.FAILED);
    }

    /** All of them. */
    public List<Gap> all() {
      return gaps.values().stream().flatMap(List::stream).toList();
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
    Map<Service, List<Gap>> gaps = new LinkedHashMap<>();
    if (suites.coverageMeasured() && suites.unreadable().isEmpty()) {
      for (Service service : services.stream().filter(it -> it.tests().isPresent()).toList()) {
        SortedMap<String, SortedSet<Integer>> own = new TreeMap<>();
        suites.coverage().uncovered().entrySet().stream()
            .filter(it -> owner(services, it.getKey()).equals(service))
            .forEach(it -> own.put(it.getKey(), it.getValue()));
        if (!own.isEmpty()) {
          gaps.put(service, writer.gaps(repository, head, service, own));
        }
      }
    }
    return new Found(report(suites), gaps, suites.executed(), suites.took());
  }

  /** The service with tests whose directory is the nearest above the file. */
  private static Service owner(List<Service> services, String file) {
    return services.stream()
        .filter(it -> it.tests().isPresent())
        .max(
            java.util.Comparator.comparingInt(
                it ->
                    it.root().equals(".")
                        ? 0
                        : file.startsWith(it.root() + "/") ? it.root().length() : -1))
        .orElseThrow();
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
        suites.notes(),
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
    List<Gap> remaining = new ArrayList<>();
    java.util.Optional<String> bound = java.util.Optional.empty();
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
