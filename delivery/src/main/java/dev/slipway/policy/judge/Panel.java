package dev.slipway.policy.judge;

import dev.slipway.policy.Reason;
import dev.slipway.policy.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/** Combines what the metrics say and what is doubtful about the measurement into one verdict. */
final class Panel {
  /** Reasons that another window cannot remove. */
  private static final Set<String> PERMANENT =
      Set.of(
          Rules.BASELINE_BAD,
          Rules.NO_BASELINE,
          Rules.FROZEN,
          Rules.CLOCK,
          Rules.UNIT,
          Rules.IMPOSSIBLE,
          Rules.RESOLUTION);

  private final List<Metric> metrics;
  private final Duration grace;

  /**
   * @param grace how long canary and baseline may be bad together before the watch ends; in that
   *     time the canary may still turn out to be the worse one
   */
  Panel(List<Metric> metrics, Duration grace) {
    this.metrics = List.copyOf(metrics);
    this.grace = grace;
  }

  /** The same, with the metrics of these names set aside: they mean nothing. */
  Panel without(Predicate<String> names, Reason why) {
    return new Panel(
        metrics.stream()
            .map(metric -> names.test(metric.name()) ? new SetAside(metric, why) : metric)
            .toList(),
        grace);
  }

  List<MetricResult> results(Metric.Phase phase) {
    return metrics.stream().map(metric -> metric.result(phase)).toList();
  }

  /** The verdict, if it can be given before the window is over. */
  Optional<Verdict> early(Instant now, List<Doubt> doubts) {
    List<Reason> guilty = failures(Metric.Phase.WATCHING);
    if (!guilty.isEmpty()) {
      return Optional.of(new Verdict.Fail(guilty));
    }
    List<Reason> stopping =
        new ArrayList<>(
            doubts.stream()
                .filter(doubt -> doubt.force() == Doubt.Force.STOPS)
                .map(Doubt::reason)
                .toList());
    for (Metric metric : metrics) {
      if (metric.sharedSince().filter(at -> !now.isBefore(at.plus(grace))).isPresent()) {
        stopping.addAll(metric.verdict(Metric.Phase.WATCHING).reasons());
      }
    }
    return stopping.isEmpty() ? Optional.empty() : Optional.of(new Verdict.Inconclusive(stopping));
  }

  private List<Reason> failures(Metric.Phase phase) {
    return metrics.stream()
        .filter(metric -> phase == Metric.Phase.OVER || metric.failedAt().isPresent())
        .map(metric -> metric.verdict(phase))
        .filter(verdict -> verdict instanceof Verdict.Fail)
        .flatMap(verdict -> verdict.reasons().stream())
        .toList();
  }

  /** The verdict at the window's end. */
  Verdict atEnd(List<Doubt> doubts) {
    List<Reason> guilty = failures(Metric.Phase.OVER);
    if (!guilty.isEmpty()) {
      return new Verdict.Fail(guilty);
    }
    List<Reason> open = new ArrayList<>(doubts.stream().map(Doubt::reason).toList());
    for (Metric metric : metrics) {
      open.addAll(metric.verdict(Metric.Phase.OVER).reasons());
    }
    open = open.stream().distinct().toList();
    return open.isEmpty() ? new Verdict.Pass() : new Verdict.Inconclusive(open);
  }

  /** Whether watching longer could turn this into a verdict that decides. */
  static boolean timeHelps(Verdict verdict) {
    return switch (verdict) {
      case Verdict.Inconclusive(var reasons) ->
          reasons.stream().noneMatch(reason -> PERMANENT.contains(reason.rule()));
      case Verdict.Pass() -> false;
      case Verdict.Fail(var reasons) -> false;
      case Verdict.NotRun(var reasons) -> false;
      case Verdict.NotApplicable(var why) -> false;
    };
  }
}
