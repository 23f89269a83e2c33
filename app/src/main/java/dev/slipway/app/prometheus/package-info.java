/**
 * Metrics of the two arms from a Prometheus server. Entry point: {@link
 * dev.slipway.app.prometheus.PrometheusMetrics}.
 */
@NullMarked
package dev.slipway.app.prometheus;

import org.jspecify.annotations.NullMarked;
