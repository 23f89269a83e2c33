package dev.slipway.app.prometheus;

import dev.slipway.change.Slot;
import dev.slipway.policy.judge.ArmTraffic;
import dev.slipway.policy.judge.Latencies;
import dev.slipway.telemetry.MetricSource;
import dev.slipway.telemetry.Observation;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Counts of both arms as a Prometheus server scraped them: the difference of each counter between
 * the interval's two ends. What Prometheus does not have, or has as NaN, is no data; so is a
 * counter that went back, since the instance behind it was started anew.
 */
public final class PrometheusMetrics implements MetricSource {
  private static final String NO_LABEL = "";

  private final PrometheusSettings settings;
  private final PrometheusApi api;

  public PrometheusMetrics(PrometheusSettings settings) {
    this.settings = settings;
    this.api = new PrometheusApi(settings.server());
  }

  /** A value that cannot be used, and why. */
  private static final class Unusable extends Exception {
    private static final long serialVersionUID = 1L;

    Unusable(String message) {
      super(message);
    }
  }

  @Override
  public Duration resolution() {
    return settings.resolution();
  }

  /** A scrape may be as late as its interval is long. */
  @Override
  public Duration settling() {
    return settings.resolution();
  }

  @Override
  public Observation observe(Slot slot, Instant from, Instant to) {
    try {
      Optional<ArmTraffic> stable = arm(slot, settings.queries().stable(), from, to);
      Optional<ArmTraffic> canary = arm(slot, settings.queries().canary(), from, to);
      if (stable.isEmpty() && canary.isEmpty()) {
        return new Observation.NoData("Prometheus has no requests of " + slot + " at " + from);
      }
      return new Observation.Seen(
          from, to, canary.orElse(ArmTraffic.NONE), stable.orElse(ArmTraffic.NONE), List.of());
    } catch (IOException e) {
      return new Observation.NoData("Prometheus cannot be asked: " + e.getMessage());
    } catch (Unusable e) {
      return new Observation.NoData(String.valueOf(e.getMessage()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new Observation.NoData("interrupted while asking Prometheus");
    }
  }

  private Optional<ArmTraffic> arm(Slot slot, String arm, Instant from, Instant to)
      throws IOException, InterruptedException, Unusable {
    String requestsQuery = Queries.about(settings.queries().requests(), slot, arm);
    Map<String, Double> before = api.at(requestsQuery, from);
    Map<String, Double> after = api.at(requestsQuery, to);
    if (before.isEmpty() && after.isEmpty()) {
      return Optional.empty();
    }
    if (before.isEmpty() || after.isEmpty()) {
      throw new Unusable(
          "Prometheus has no requests of the " + arm + " arm at " + (before.isEmpty() ? from : to));
    }
    long requests = rise(requestsQuery, before, after, NO_LABEL);
    String errorsQuery = Queries.about(settings.queries().errors(), slot, arm);
    long errors = rise(errorsQuery, api.at(errorsQuery, from), api.at(errorsQuery, to), NO_LABEL);
    if (errors > requests) {
      throw new Unusable(
          "Prometheus has "
              + errors
              + " errors of "
              + requests
              + " requests: the two queries do not count the same thing");
    }
    return Optional.of(new ArmTraffic(requests, errors, latencies(slot, arm, from, to)));
  }

  /** A series that was not there before counted from nothing. */
  private static long rise(
      String query, Map<String, Double> before, Map<String, Double> after, String label)
      throws Unusable {
    double start = before.getOrDefault(label, 0.0);
    double end = after.getOrDefault(label, 0.0);
    if (!Double.isFinite(start) || !Double.isFinite(end)) {
      throw new Unusable("Prometheus has no number for " + query);
    }
    if (end < start) {
      throw new Unusable("a counter went back, so it was started anew: " + query);
    }
    return Math.round(end - start);
  }

  private Latencies latencies(Slot slot, String arm, Instant from, Instant to)
      throws IOException, InterruptedException, Unusable {
    String query = Queries.about(settings.queries().latency(), slot, arm);
    Map<String, Double> before = api.at(query, from);
    Map<String, Double> after = api.at(query, to);
    TreeMap<Double, Long> cumulative = new TreeMap<>();
    for (String le : after.keySet()) {
      cumulative.put(bound(query, le), rise(query, before, after, le));
    }
    List<Latencies.Bucket> buckets = new ArrayList<>();
    long below = 0;
    for (Map.Entry<Double, Long> entry : cumulative.entrySet()) {
      if (entry.getValue() < below) {
        throw new Unusable("the buckets are not cumulative: " + query);
      }
      double millis = settings.queries().unit().toMillis(entry.getKey());
      buckets.add(new Latencies.Bucket(millis, entry.getValue() - below));
      below = entry.getValue();
    }
    return new Latencies(buckets);
  }

  private static double bound(String query, String le) throws Unusable {
    try {
      return le.equals("+Inf") ? Double.POSITIVE_INFINITY : Double.parseDouble(le);
    } catch (NumberFormatException e) {
      throw new Unusable("a bucket without a bound: " + query);
    }
  }
}
