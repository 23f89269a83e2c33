package dev.slipway.app.prometheus;

import dev.slipway.change.Slot;

/**
 * What Prometheus is asked, in PromQL. Each query gives counters that only rise; {@code
 * ${environment}}, {@code ${service}} and {@code ${arm}} stand for what is asked about.
 *
 * @param requests all requests of the arm
 * @param errors those that failed
 * @param latency cumulative counts by {@code le}
 * @param unit what {@code le} is in
 * @param stable what the stable arm is called in the labels
 * @param canary what the canary is called
 */
public record Queries(
    String requests, String errors, String latency, Unit unit, String stable, String canary) {

  /** What a histogram's bounds are in. */
  public enum Unit {
    SECONDS(1_000),
    MILLISECONDS(1);

    private final double millis;

    Unit(double millis) {
      this.millis = millis;
    }

    double toMillis(double bound) {
      return bound * millis;
    }
  }

  private static final String ARM =
      "environment=\"${environment}\",service=\"${service}\",arm=\"${arm}\"";
  private static final String TRACK =
      "environment=\"${environment}\",service=\"${service}\",track=\"${arm}\"";

  /** For a Prometheus that scrapes Slipway's edge. */
  public static Queries edge() {
    return new Queries(
        "sum(slipway_edge_requests_total{" + ARM + "})",
        "sum(slipway_edge_errors_total{" + ARM + "})",
        "sum by (le) (slipway_edge_request_duration_seconds_bucket{" + ARM + "})",
        Unit.SECONDS,
        "stable",
        "canary");
  }

  /**
   * For instances that export {@code http_requests_total} with a {@code code} and {@code
   * http_request_duration_seconds}, as the official client libraries' examples do, and are scraped
   * with the labels {@code environment}, {@code service} and {@code track}.
   */
  public static Queries clientLibrary() {
    return new Queries(
        "sum(http_requests_total{" + TRACK + "})",
        "sum(http_requests_total{" + TRACK + ",code=~\"5..\"})",
        "sum by (le) (http_request_duration_seconds_bucket{" + TRACK + "})",
        Unit.SECONDS,
        "stable",
        "canary");
  }

  /** The same for Micrometer's {@code http.server.requests} with percentile histograms on. */
  public static Queries micrometer() {
    return new Queries(
        "sum(http_server_requests_seconds_count{" + TRACK + "})",
        "sum(http_server_requests_seconds_count{" + TRACK + ",status=~\"5..\"})",
        "sum by (le) (http_server_requests_seconds_bucket{" + TRACK + "})",
        Unit.SECONDS,
        "stable",
        "canary");
  }

  /** The same for OpenTelemetry's semantic conventions 1.23 and later. */
  public static Queries openTelemetry() {
    return new Queries(
        "sum(http_server_request_duration_seconds_count{" + TRACK + "})",
        "sum(http_server_request_duration_seconds_count{"
            + TRACK
            + ",http_response_status_code=~\"5..\"})",
        "sum by (le) (http_server_request_duration_seconds_bucket{" + TRACK + "})",
        Unit.SECONDS,
        "stable",
        "canary");
  }

  /** The alphabet of names has neither quotes nor backslashes, so nothing has to be escaped. */
  static String about(String query, Slot slot, String arm) {
    return query
        .replace("${environment}", slot.environment().name())
        .replace("${service}", slot.service().value())
        .replace("${arm}", arm);
  }
}
