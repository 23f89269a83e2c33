package dev.slipway.app.edge;

import dev.slipway.change.Slot;
import dev.slipway.policy.judge.ArmTraffic;
import dev.slipway.policy.judge.Latencies;
import dev.slipway.telemetry.MetricSource;
import dev.slipway.telemetry.Observation;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What the edge counted, in whole seconds, as the pipeline's metrics. */
public final class EdgeMetrics implements MetricSource {
  private final EdgeClient client;

  public EdgeMetrics(EdgeClient client) {
    this.client = client;
  }

  @Override
  public Observation observe(Slot slot, Instant from, Instant to) {
    RouteName name = EdgeRouter.name(slot);
    try {
      Optional<Window> canary = client.window(name, Arm.CANARY, from, to);
      Optional<Window> stable = client.window(name, Arm.STABLE, from, to);
      if (canary.isEmpty() || stable.isEmpty()) {
        return new Observation.NoData("the edge has no route for " + slot);
      }
      List<String> warnings = new ArrayList<>();
      if (!canary.get().coversStart()) {
        warnings.add("the edge saw nothing before " + canary.get().coveredFrom());
      }
      return new Observation.Seen(from, to, traffic(canary.get()), traffic(stable.get()), warnings);
    } catch (EdgeException e) {
      return new Observation.NoData(String.valueOf(e.getMessage()));
    }
  }

  private static ArmTraffic traffic(Window window) {
    return new ArmTraffic(
        window.counts().requests(), window.counts().errors(), latencies(window.histogram()));
  }

  /**
   * The edge leaves empty buckets out; the bound below each is put back, so that widths are right.
   */
  private static Latencies latencies(Histogram histogram) {
    List<Latencies.Bucket> buckets = new ArrayList<>();
    double last = 0;
    for (Histogram.Bucket bucket : histogram.buckets()) {
      double below = LatencyScale.below(bucket.leMs());
      if (below > last) {
        buckets.add(new Latencies.Bucket(below, 0));
      }
      buckets.add(new Latencies.Bucket(bucket.leMs(), bucket.count()));
      last = bucket.leMs();
    }
    return new Latencies(buckets);
  }
}
