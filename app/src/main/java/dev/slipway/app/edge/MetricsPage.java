package dev.slipway.app.edge;

import io.vertx.core.Future;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToLongFunction;

/** The metrics in Prometheus' text format 0.0.4. Durations are seconds. */
final class MetricsPage {
  /** Bounds of the exported histogram, a subset of the ones counted in, in milliseconds. */
  private static final double[] BOUNDS_MS = {
    1, 2.5, 5, 10, 25, 50, 100, 150, 200, 250, 300, 400, 500, 600, 700, 800, 900, 1_000, 1_500,
    2_500, 5_000, 10_000, 30_000, 60_000
  };

  private MetricsPage() {}

  static Future<String> render(Edge edge) {
    List<Future<Series>> all =
        new TreeMap<>(edge.routes())
            .values().stream().map(server -> server.ask(MetricsPage::series)).toList();
    return Future.all(all).map(done -> join(done.<Series>list()) + capacity(edge.capacity()));
  }

  /** One route's lines, per metric. */
  private record Series(
      String requests,
      String errors,
      String durations,
      String share,
      String inFlight,
      String refused) {}

  private static String join(List<Series> routes) {
    StringBuilder page = new StringBuilder();
    section(
        page,
        "slipway_edge_requests_total counter Requests by the status the client was given",
        routes.stream().map(Series::requests).toList());
    section(
        page,
        "slipway_edge_errors_total counter Requests that count as an error of their arm, by result",
        routes.stream().map(Series::errors).toList());
    section(
        page,
        "slipway_edge_request_duration_seconds histogram Time from the request's head to the"
            + " answer's last byte",
        routes.stream().map(Series::durations).toList());
    section(
        page,
        "slipway_edge_share gauge Share of requests the arm is given, 0 to 1",
        routes.stream().map(Series::share).toList());
    section(
        page,
        "slipway_edge_in_flight gauge Requests the arm's instances are working on",
        routes.stream().map(Series::inFlight).toList());
    section(
        page,
        "slipway_edge_refused_total counter Requests turned away before they reached an arm",
        routes.stream().map(Series::refused).toList());
    return page.toString();
  }

  private static String capacity(Capacity capacity) {
    StringBuilder page = new StringBuilder();
    bounds(page, "slipway_edge_bound gauge What the edge may hold at a time", capacity::max);
    bounds(page, "slipway_edge_held gauge What the edge holds now", capacity::held);
    bounds(page, "slipway_edge_bound_hits_total counter How often a bound was hit", capacity::hits);
    return page.toString();
  }

  private static void bounds(
      StringBuilder page, String title, ToLongFunction<Capacity.Bound> value) {
    StringBuilder lines = new StringBuilder();
    for (Capacity.Bound bound : Capacity.Bound.values()) {
      String labels = "bound=\"" + bound.label() + "\"";
      line(lines, title.substring(0, title.indexOf(' ')), labels, value.applyAsLong(bound));
    }
    section(page, title, List.of(lines.toString()));
  }

  private static void section(StringBuilder page, String title, List<String> lines) {
    String[] words = title.split(" ", 3);
    page.append("# HELP ").append(words[0]).append(' ').append(words[2]).append('\n');
    page.append("# TYPE ").append(words[0]).append(' ').append(words[1]).append('\n');
    lines.forEach(page::append);
  }

  private static Series series(Traffic traffic) {
    StringBuilder requests = new StringBuilder();
    StringBuilder errors = new StringBuilder();
    StringBuilder durations = new StringBuilder();
    StringBuilder share = new StringBuilder();
    StringBuilder inFlight = new StringBuilder();
    for (Arm arm : Arm.values()) {
      String labels = labels(traffic.name()) + ",arm=\"" + arm.label() + "\"";
      counters(requests, labels, traffic.counters().codes(arm));
      errors(errors, labels, traffic.counters().running(arm).counts().results());
      histogram(durations, labels, traffic.counters().running(arm));
      int canary = traffic.spec().canaryShareBp();
      double part = arm == Arm.CANARY ? canary : RouteSpec.WHOLE_BP - canary;
      line(share, "slipway_edge_share", labels, part / RouteSpec.WHOLE_BP);
      line(inFlight, "slipway_edge_in_flight", labels, traffic.inFlight(arm));
    }
    StringBuilder refused = new StringBuilder();
    traffic
        .counters()
        .refusals()
        .forEach(
            (reason, count) ->
                line(
                    refused,
                    "slipway_edge_refused_total",
                    labels(traffic.name()) + ",reason=\"" + reason.label() + "\"",
                    count));
    return new Series(
        requests.toString(),
        errors.toString(),
        durations.toString(),
        share.toString(),
        inFlight.toString(),
        refused.toString());
  }

  private static void counters(StringBuilder to, String labels, Map<Integer, Long> byCode) {
    byCode.forEach(
        (code, count) ->
            line(to, "slipway_edge_requests_total", labels + ",code=\"" + code + "\"", count));
  }

  /** By result and not by status: a request the other arm had to serve was answered 200. */
  private static void errors(StringBuilder to, String labels, Map<Result, Long> results) {
    for (Result result : Result.values()) {
      if (result.isError()) {
        long count = results.getOrDefault(result, 0L);
        String own = labels + ",result=\"" + result.label() + "\"";
        line(to, "slipway_edge_errors_total", own, count);
      }
    }
  }

  private static void histogram(StringBuilder to, String labels, Tally tally) {
    Histogram histogram = tally.histogram();
    String name = "slipway_edge_request_duration_seconds";
    for (double bound : BOUNDS_MS) {
      long within = histogram.count() - histogram.slowerThan(bound);
      line(to, name + "_bucket", labels + ",le=\"" + bound / 1_000 + "\"", within);
    }
    line(to, name + "_bucket", labels + ",le=\"+Inf\"", histogram.count());
    line(to, name + "_sum", labels, tally.seconds());
    line(to, name + "_count", labels, histogram.count());
  }

  private static void line(StringBuilder to, String metric, String labels, Number value) {
    to.append(metric).append('{').append(labels).append("} ").append(value).append('\n');
  }

  /** A route's name needs no escaping: its alphabet has neither quotes nor backslashes. */
  private static String labels(RouteName name) {
    return "environment=\"" + name.environment() + "\",service=\"" + name.service() + "\"";
  }
}
