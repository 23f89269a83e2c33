package dev.slipway.agents.deployment;

import dev.slipway.agents.Agent;
import dev.slipway.agents.Assignment;
import dev.slipway.change.Artifact;
import dev.slipway.change.CommitId;
import dev.slipway.change.Environment;
import dev.slipway.change.Slot;
import dev.slipway.change.Stage;
import dev.slipway.policy.Check;
import dev.slipway.policy.Measurement;
import dev.slipway.policy.Report;
import dev.slipway.policy.judge.Forecast;
import dev.slipway.project.Service;
import dev.slipway.target.Release;
import dev.slipway.target.Releases;
import dev.slipway.target.Serving;
import dev.slipway.target.Slots;
import dev.slipway.telemetry.Baselines;
import dev.slipway.workspace.Workspace;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Before production moves: is there a version to compare with, was this one ever rolled back, is
 * production sound and free, and may the version be too slow there? While it moves: how does the
 * canary do? It looks and reports; it moves nothing.
 */
public final class DeploymentAgent implements Agent {
  private static final String NAME = "deployment/1";

  private final Slots slots;
  private final Releases releases;
  private final Workspace workspace;
  private final CanaryWatch canaries;
  private final FreezeCalendar calendar;
  private final Trouble trouble;
  private final Baselines baselines;

  public DeploymentAgent(
      Slots slots,
      Releases releases,
      Workspace workspace,
      CanaryWatch canaries,
      FreezeCalendar calendar,
      Trouble trouble,
      Baselines baselines) {
    this.slots = slots;
    this.releases = releases;
    this.workspace = workspace;
    this.canaries = canaries;
    this.calendar = calendar;
    this.trouble = trouble;
    this.baselines = baselines;
  }

  @Override
  public Stage stage() {
    return Stage.DEPLOYMENT;
  }

  @Override
  public Report run(Assignment assignment) throws InterruptedException {
    return assignment.watch().isPresent()
        ? canaries.watch(NAME, assignment, assignment.watch().get())
        : assess(assignment);
  }

  private Report assess(Assignment assignment) throws InterruptedException {
    List<Check> checks = new ArrayList<>();
    List<String> notes = new ArrayList<>();
    Set<Slot> moved = new LinkedHashSet<>();
    Optional<Instant> thaw = Optional.empty();
    for (Service service : assignment.services()) {
      Artifact artifact = assignment.artifacts().get(service.name());
      if (service.run().isEmpty() || artifact == null) {
        continue;
      }
      for (Environment wave : service.production().waves()) {
        Slot slot = new Slot(wave, service.name());
        moved.add(slot);
        checks.add(first(slot));
        checks.add(knownBad(slot, artifact));
        checks.add(held(slot, assignment));
        Optional<Instant> end = calendar.thaw(service);
        checks.add(frozen(slot, end, service));
        thaw = Stream.concat(thaw.stream(), end.stream()).max(Comparator.naturalOrder());
      }
      calibration(service, assignment, checks, notes);
    }
    checks.addAll(trouble.checks(assignment, moved));
    Report report =
        new Report(
            Stage.DEPLOYMENT,
            NAME,
            List.of(),
            risk(assignment),
            checks,
            List.of(),
            notes,
            Map.of());
    return thaw.map(report::frozenUntil).orElse(report);
  }

  /** The review's gate has judged it; it is shown to whoever is asked now. */
  private static List<Measurement> risk(Assignment assignment) {
    return assignment
        .risk()
        .map(risk -> Measurement.of("review.risk", risk, Measurement.Unit.SCORE))
        .stream()
        .toList();
  }

  /** What staging said of production may not say enough. */
  private void calibration(
      Service service, Assignment assignment, List<Check> checks, List<String> notes) {
    Optional<Forecast> forecast =
        service.kind() == Service.Kind.HTTP
            ? baselines.forecast(
                assignment.pull().repository(), service.name(), assignment.candidate().commit())
            : Optional.empty();
    forecast.ifPresent(
        it -> {
          String text = it.describe(service.name().value());
          Duration limit = assignment.limits().latencyP99Max();
          if (!it.calibrated()) {
            notes.add(text);
          } else if (it.mayExceed(limit)) {
            checks.add(
                new Check(
                    "calibration " + service.name(),
                    Check.Outcome.FAILED,
                    "%s: the interval reaches above the limit of %d ms"
                        .formatted(text, limit.toMillis())));
          } else {
            checks.add(new Check("calibration " + service.name(), Check.Outcome.PASSED, text));
          }
        });
  }

  private Check first(Slot slot) {
    boolean stable = slots.serving(slot).flatMap(Serving::stable).isPresent();
    return new Check(
        "first " + slot,
        stable ? Check.Outcome.PASSED : Check.Outcome.FAILED,
        stable
            ? "there is a stable version to compare with"
            : "nothing runs in "
                + slot
                + " yet: the base branch's own version has to be installed first, with a person's"
                + " consent (`--first-deployment`, or approve)");
  }

  /**
   * After a change was taken back, only what makes base branch and production agree again goes on
   * of itself.
   */
  private Check held(Slot slot, Assignment assignment) {
    Optional<Release> hold = releases.latest(slot).filter(it -> it.withdrawal().isPresent());
    boolean held =
        hold.isPresent()
            && differs(slot, hold.get(), assignment.candidate().base(), assignment)
            && differs(slot, hold.get(), assignment.candidate().commit(), assignment);
    return new Check(
        "held " + slot,
        held ? Check.Outcome.FAILED : Check.Outcome.PASSED,
        hold.filter(ignored -> held)
            .flatMap(Release::withdrawal)
            .map(it -> why(slot, it))
            .orElse(slot + " is not held"));
  }

  private static String why(Slot slot, Release.Withdrawal withdrawal) {
    return "%s is held: %s took back %s (%s). A change that takes its commit %s back out goes on of itself, this one with a person's approval"
        .formatted(
            slot,
            withdrawal.by(),
            withdrawal.withdrawn(),
            withdrawal.why(),
            withdrawal.commit().brief());
  }

  /** Whether the service is another at the commit than what was put back. */
  private boolean differs(Slot slot, Release hold, CommitId commit, Assignment assignment) {
    return assignment
        .project()
        .concernedBy(workspace.diff(hold.repository(), hold.commit(), commit))
        .stream()
        .anyMatch(service -> service.name().equals(slot.service()));
  }

  /** An approval is for a window: it does not let pass the next one. */
  private Check frozen(Slot slot, Optional<Instant> thaw, Service service) {
    return thaw.map(
            end ->
                new Check(
                    "frozen " + slot + " until " + end,
                    Check.Outcome.FAILED,
                    slot
                        + " is frozen until "
                        + end
                        + calendar.why(service)
                        + "; the change goes on by itself then, or before with a person's approval"))
        .orElseGet(
            () -> new Check("frozen " + slot, Check.Outcome.PASSED, slot + " is not frozen"));
  }

  private Check knownBad(Slot slot, Artifact artifact) {
    boolean bad = releases.wasRolledBack(slot, artifact.digest());
    return new Check(
        "rolled_back_before " + slot,
        bad ? Check.Outcome.FAILED : Check.Outcome.PASSED,
        bad
            ? artifact + " was rolled back from " + slot + " before"
            : artifact + " was never rolled back from " + slot);
  }
}
