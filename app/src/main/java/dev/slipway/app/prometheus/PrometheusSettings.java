package dev.slipway.app.prometheus;

import java.net.URI;
import java.time.Duration;

/**
 * Which Prometheus is asked what.
 *
 * @param server its address, such as {@code http://127.0.0.1:9090}
 * @param resolution the shortest interval that is asked for: the scrape interval, or a multiple
 */
public record PrometheusSettings(URI server, Queries queries, Duration resolution) {
  /** The scrape interval of Prometheus' own example configuration. */
  public static final Duration SCRAPE_INTERVAL = Duration.ofSeconds(15);

  public PrometheusSettings {
    if (resolution.compareTo(Duration.ofSeconds(1)) < 0 || resolution.toNanosPart() != 0) {
      throw new IllegalArgumentException("a resolution is a whole number of seconds");
    }
  }
}
