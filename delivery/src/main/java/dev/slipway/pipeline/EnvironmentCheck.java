package dev.slipway.pipeline;

import dev.slipway.audit.AuditRecord.Decision;
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
import dev.slipway.target.Epoch;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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
  private final Function<Decision, Recorded<Decision>> permits;

  /**
   * @param permits makes decisions durable
   */
  EnvironmentCheck(
      Inspection inspection,
      Production production,
      Function<Decision, Recorded<Decision>> permits) {
    this.inspection = inspection;
    this.production = production;
    this.permits = permits;
  }

  /** Deploys the candidate to staging. */
  Result deploy(Act.DeployToStaging act, Recorded<Decision> permit) {
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
    return inspection.reported(state, report.withChecks(compared(act, report.checks())));
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
          checks.forEach(it -> there.put(it.name(), List.of(notStarted(it.name(), broken))));
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

  private static Check notStarted(String name, Result.Impossible broken) {
    return new Check(
        name, Outcome.FAILED, "it does not start: " + broken.reasons().getFirst().message());
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
        of.staging(
            Digest.of(content.getBytes(StandardCharsets.UTF_8)).hex().substring(0, 12),
            "run in staging, to compare: " + content,
            slots,
            artifacts);
    return production.stage(state, epochs, artifacts, permits.apply(decision));
  }
}
