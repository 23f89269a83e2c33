/**
 * The statistics of canary and regression: pure, with thresholds as arguments. {@link CanaryJudge}
 * judges a canary while it runs and holds it to {@link JudgeLimits}. {@link Standing} says what is
 * decided, {@link MetricResult} why.
 */
@NullMarked
package dev.slipway.policy.judge;

import org.jspecify.annotations.NullMarked;
