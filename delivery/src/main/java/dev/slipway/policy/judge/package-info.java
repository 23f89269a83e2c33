/**
 * The statistics of canary and regression: pure, with thresholds as arguments. {@link ArmTraffic}
 * is what is judged.
 */
@NullMarked
package dev.slipway.policy.judge;

import org.jspecify.annotations.NullMarked;
