/**
 * How a change travels: {@link Transitions} (what can happen next), {@link Planner} (pure: what a
 * signal leads to, what is to be done in a state), {@link Runner} (does it).
 */
@NullMarked
package dev.slipway.pipeline;

import org.jspecify.annotations.NullMarked;
