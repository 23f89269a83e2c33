package dev.slipway.model;

import java.time.Duration;

/**
 * What one call may cost at most.
 *
 * @param tokens of the question and the reply together
 * @param dollars in US dollars
 * @param time from sending to the end of the reply, with everything that is tried again
 */
public record Allowance(long tokens, double dollars, Duration time) {}
