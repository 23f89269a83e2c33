/** What traffic shows: {@link MetricSource} gives {@link Observation}s of canary and baseline. */
@NullMarked
package dev.slipway.telemetry;

import org.jspecify.annotations.NullMarked;
