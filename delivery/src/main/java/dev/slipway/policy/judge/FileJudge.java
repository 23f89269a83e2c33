package dev.slipway.policy.judge;

import dev.slipway.policy.Reason;
import dev.slipway.policy.Verdict;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Judges a recording of a rollout as the running judge would have: step by step, so that a verdict
 * has the time at which it was reached. Where the recording has numbers of requests and errors, the
 * tests are the same; where it has only one value per row, weaker ones take their place, and the
 * messages say so. The order of the rows does not matter.
 */
public final class FileJudge {
  /**
   * A new process is slower at first; its first tenth of the window never decides alone. Where it
   * breaks the absolute limit, which its users notice, it has half of that. Live there is no such
   * time: a canary is warmed up before it gets traffic, and one that hangs is gone in seconds.
   */
  private static final double WARM_UP = 0.1;

  private static final String STUCK = Arm.BASELINE.label();

  private FileJudge() {}

  /**
   * The verdict on the window of {@code limits} from the canary's first sign on.
   *
   * @return decided at the last row that was needed for a fail, otherwise at the window's end
   */
  public static Standing.Decided judge(Recording recording, JudgeLimits limits) {
    Timeline timeline = Timeline.of(recording, limits.window());
    List<Fed> metrics = metrics(recording, timeline, limits);
    Panel panel =
        new Panel(metrics.stream().map(Fed::metric).toList(), limits.window().dividedBy(10));
    List<Doubt> doubts = new Telemetry(timeline, recording, limits).doubts();
    for (Doubt doubt : doubts) {
      panel = withoutMeaningless(panel, doubt.reason());
    }
    for (Tick tick : timeline.ticks()) {
      metrics.forEach(metric -> metric.feed().accept(tick));
      Optional<Verdict> early = panel.early(tick.last(), List.of());
      if (early.isPresent()) {
        return decided(early.get(), tick.last(), panel, Metric.Phase.WATCHING);
      }
    }
    return decided(panel.atEnd(doubts), lastTime(timeline), panel, Metric.Phase.OVER);
  }

  /** Latencies in two units, and comparisons with a meter that stands still, mean nothing. */
  private static Panel withoutMeaningless(Panel panel, Reason doubt) {
    boolean stuck = doubt.rule().equals(Rules.FROZEN) && doubt.subject().equals(STUCK);
    if (doubt.rule().equals(Rules.UNIT)) {
      return panel.without(name -> name.startsWith("latency"), doubt);
    }
    return stuck
        ? panel.without(name -> name.endsWith("_vs_baseline") || name.equals(SlowRows.NAME), doubt)
        : panel;
  }

  private static Instant lastTime(Timeline timeline) {
    return timeline.rows().isEmpty() ? timeline.start() : timeline.rows().getLast().time();
  }

  private static Standing.Decided decided(
      Verdict verdict, Instant at, Panel panel, Metric.Phase phase) {
    return new Standing.Decided(verdict, at, panel.results(phase));
  }

  private static List<Fed> metrics(Recording recording, Timeline timeline, JudgeLimits limits) {
    Onsets onsets = Onsets.recorded(timeline.start(), limits.window(), timeline.steps());
    double alpha = limits.alpha();
    List<Fed> metrics = new ArrayList<>();
    RowErrors errors = new RowErrors(limits, onsets);
    if (onlyRates(timeline)) {
      metrics.add(errors.rated(alpha * Shares.ERROR_RATE));
      metrics.add(errors.ratedAgainstBaseline(alpha * Shares.ERROR_RATE_VS_BASELINE));
    } else {
      metrics.add(errors.counted(alpha * Shares.ERROR_RATE));
      metrics.add(errors.countedAgainstBaseline(alpha * Shares.ERROR_RATE_VS_BASELINE));
    }
    latencies(recording, limits, onsets, metrics);
    return metrics;
  }

  private static boolean onlyRates(Timeline timeline) {
    int counts = 0;
    int rates = 0;
    for (Tick tick : timeline.ticks()) {
      counts += tick.canary().failures().trials() > 0 ? 1 : 0;
      rates += Double.isNaN(tick.canary().rate()) ? 0 : 1;
    }
    return rates > counts;
  }

  private static void latencies(
      Recording recording, JudgeLimits limits, Onsets onsets, List<Fed> metrics) {
    List<Double> quantiles = recording.quantiles();
    if (quantiles.isEmpty()) {
      return;
    }
    int main = nearestToP99(quantiles);
    double alpha = limits.alpha() * Shares.LATENCY_VS_BASELINE;
    double shared = alpha * (1 - Shares.SLOW_ROWS) / quantiles.size();
    Onsets compared = onsets.withWarmUp(WARM_UP);
    metrics.add(
        new RowLatency(quantiles.get(main), main, limits, onsets.withWarmUp(WARM_UP / 2))
            .againstLimit(limits.alpha() * Shares.LATENCY));
    for (int q = 0; q < quantiles.size(); q++) {
      String name =
          q == main
              ? LatencyShift.NAME
              : "latency_" + RowLatency.label(quantiles.get(q)) + "_vs_baseline";
      RowComparison comparison =
          new RowComparison(name, quantiles.get(q), q, shared, limits, compared);
      metrics.add(new Fed(comparison, comparison::add));
    }
    SlowRows slowRows =
        new SlowRows(quantiles.get(main), main, alpha * Shares.SLOW_ROWS, limits, compared);
    metrics.add(new Fed(slowRows, slowRows::add));
  }

  /** The p99 if there is one, else the highest quantile below it, else the lowest above. */
  private static int nearestToP99(List<Double> quantiles) {
    int best = 0;
    for (int q = 1; q < quantiles.size(); q++) {
      double candidate = quantiles.get(q);
      double champion = quantiles.get(best);
      boolean better =
          champion > 0.99 ? candidate < champion : candidate > champion && candidate <= 0.99;
      best = better ? q : best;
    }
    return best;
  }
}
