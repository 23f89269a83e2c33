package dev.slipway.policy.judge;

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
      panel =
          doubt.reason().rule().equals(Rules.UNIT)
              ? panel.without("latency", doubt.reason())
              : panel;
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
    double shared = limits.alpha() * Shares.LATENCY_VS_BASELINE / quantiles.size();
    metrics.add(
        new RowLatency(quantiles.get(main), main, limits, onsets)
            .againstLimit(limits.alpha() * Shares.LATENCY));
    for (int q = 0; q < quantiles.size(); q++) {
      String name =
          q == main
              ? LatencyShift.NAME
              : "latency_" + RowLatency.label(quantiles.get(q)) + "_vs_baseline";
      metrics.add(
          new RowLatency(quantiles.get(q), q, limits, onsets).againstBaseline(name, shared));
    }
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
