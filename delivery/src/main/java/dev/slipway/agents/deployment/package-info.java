/**
 * The deployment agent: the last check before production, and the watch over every step of the
 * ramp.
 */
@NullMarked
package dev.slipway.agents.deployment;

import org.jspecify.annotations.NullMarked;
