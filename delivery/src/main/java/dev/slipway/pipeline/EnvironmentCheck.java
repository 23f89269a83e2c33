package dev.slipway.pipeline;

import dev.slipway.audit.AuditRecord.Decision;
import dev.slipway.audit.AuditRecord.Effect;
import dev.slipway.audit.Recorded;
import dev.slipway.change.Artifact;
import dev.slipway.change.Digest;
import dev.slipway.change.ServiceName;
import dev.slipway.change.Slot;
import dev.slipway.change.Stage;
import dev.slipway.policy.Check;
import dev.slipway.policy.Check.Outcome;
import dev.slipway.policy.Reason;
import dev.slipway.policy.Report;
import dev.slipway.policy.Verdict;
import dev.slipway.target.Epoch;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Tells a change that is broken from a staging environment that is: what fails is tried again, in
 * the same place, with the version that production runs and the base branch's own tests. What that
 * version fails as well is not held against the change. Where production runs nothing, a failure
 * stays one.
 */
final class EnvironmentCheck {
  private final Inspection inspection;
  private final Production production;
  private final Migrating migrating;
  private final Function<Decision, Recorded<Decision>> permits;

  /**
   * @param permits makes decisions durable
   */
  EnvironmentCheck(
      Inspection inspection,
      Production production,
      Migrating migrating,
      Function<Decision, Recorded<Decision>> permits) {
    this.inspection = inspection;
    this.production = production;
    this.migrating = migrating;
    this.permits = permits;
  }

  /** Migrates staging, and deploys the candidate to it. */
  Result deploy(Act.DeployToStaging act, Recorded<Decision> permit) {
    Optional<Result> hindered = migrating.before(act);
    if (hindered.isPresent()) {
      return hindered.get();
    }
    Result result = production.deployToStaging(act, permit);
    if (!(result instanceof Result.Impossible failed)) {
      return result;
    }
    Map<ServiceName, Artifact> running = production.inProduction(act.of());
    return !running.isEmpty()
            && stage(act.of(), act.permit(), running) instanceof Result.Impossible other
        ? new Result.Hindered(environment(failed.reasons(), other.reasons()))
        : result;
  }

  private static List<Reason> environment(List<Reason> own, List<Reason> others) {
    return own.stream()
        .map(
            reason ->
                new Reason(
                    "staging.environment",
                    reason.subject(),
                    reason.message()
                        + "; and what production runs does not start here either: "
                        + others.getFirst().message()))
        .toList();
  }

  /** Lets the stage's agent look; in staging, at the candidate and nothing else. */
  Result inspect(Act.Inspect act, Recorded<Decision> permit) throws InterruptedException {
    ChangeState state = act.of();
    if (act.stage() != Stage.STAGING && act.stage() != Stage.VALIDATION) {
      return inspection.reported(state, inspection.report(act, permit));
    }
    List<Check> old = migrating.concerns(act) ? ofOldVersion(act) : List.of();
    // This very comparison, cut short by a crash or passed by an approval, left another one here.
    if (!production.stages(state)
        && !(stage(state, act.permit(), state.artifacts()) instanceof Result.Moved)) {
      return new Result.Hindered(
          List.of(
              new Reason(
                  "staging.environment",
                  act.stage().label(),
                  "staging ran another version, and the candidate cannot be put back there")));
    }
    Report report = inspection.report(act, permit);
    List<Check> checks = new ArrayList<>(compared(act, report.checks()));
    checks.addAll(Migrating.passed(old));
    List<Reason> objections = Migrating.objections(old);
    Report whole = report.withChecks(checks);
    return inspection.reported(
        state, objections.isEmpty() ? whole : whole.judging(new Verdict.Fail(objections)));
  }

  /** The checks of what production runs, in staging as it is now; none if it runs nothing. */
  private List<Check> ofOldVersion(Act.Inspect act) throws InterruptedException {
    Map<ServiceName, Artifact> running = production.inProduction(act.of());
    if (running.isEmpty()) {
      return List.of();
    }
    return switch (stage(act.of(), act.permit(), running)) {
      case Result.Moved moved -> inspection.checksOfBase(act, running, moved.endpoints());
      case Result.Impossible broken -> List.of(notStarted("start", broken.reasons()));
      case Result.Hindered missing -> List.of(notStarted("start", missing.reasons()));
      case Result other -> throw new IllegalStateException("not a deployment's result: " + other);
    };
  }

  private List<Check> compared(Act.Inspect act, List<Check> checks) throws InterruptedException {
    Map<ServiceName, Artifact> running = production.inProduction(act.of());
    if (running.isEmpty() || checks.stream().noneMatch(EnvironmentCheck::failed)) {
      return checks;
    }
    Map<String, List<Check>> there = new HashMap<>();
    switch (stage(act.of(), act.permit(), running)) {
      case Result.Moved moved ->
          inspection
              .checksOfBase(act, running, moved.endpoints())
              .forEach(it -> there.computeIfAbsent(it.name(), any -> new ArrayList<>()).add(it));
      case Result.Impossible broken ->
          checks.forEach(
              it -> there.put(it.name(), List.of(notStarted(it.name(), broken.reasons()))));
      // It cannot be tried, for want of a secret: that excuses nothing.
      default -> {
        return checks;
      }
    }
    String version =
        running.values().stream().map(Object::toString).collect(Collectors.joining(", "));
    return checks.stream()
        .map(
            it -> failed(it) ? compared(it, there.getOrDefault(it.name(), List.of()), version) : it)
        .toList();
  }

  private static Check notStarted(String name, List<Reason> reasons) {
    return new Check(name, Outcome.FAILED, "it does not start: " + reasons.getFirst().message());
  }

  /** Tried under one name more than once, it has to fail every time to excuse the change. */
  private static Check compared(Check check, List<Check> there, String version) {
    if (there.isEmpty()) {
      return check;
    }
    String messages = there.stream().map(Check::message).collect(Collectors.joining("; "));
    return there.stream().allMatch(EnvironmentCheck::failed)
        ? new Check(
            check.name(),
            Outcome.FAILED_IN_BASELINE_TOO,
            "%s; what production runs, %s, fails it here too: %s"
                .formatted(check.message(), version, messages))
        : new Check(
            check.name(),
            Outcome.FAILED,
            "%s; what production runs, %s, passes it here: %s"
                .formatted(check.message(), version, messages));
  }

  private static boolean failed(Check check) {
    return check.outcome() == Outcome.FAILED;
  }

  private Result stage(ChangeState state, Decision of, Map<ServiceName, Artifact> artifacts) {
    List<Slot> slots =
        state.thePlan().staging().stream()
            .filter(slot -> artifacts.containsKey(slot.service()))
            .toList();
    Map<Slot, Epoch> epochs = Wanted.epochs(state, slots);
    String content = new TreeMap<>(artifacts).toString();
    Decision decision =
        of.beside(
            Digest.of(content.getBytes(StandardCharsets.UTF_8)).hex().substring(0, 12),
            Effect.STAGE,
            "run in staging, to compare: " + content,
            slots,
            artifacts);
    return production.stage(state, epochs, artifacts, permits.apply(decision));
  }
}
