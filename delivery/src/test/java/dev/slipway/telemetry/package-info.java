/** The contract kit of {@link dev.slipway.telemetry.MetricSource}. */
@NullMarked
package dev.slipway.telemetry;

import org.jspecify.annotations.NullMarked;
