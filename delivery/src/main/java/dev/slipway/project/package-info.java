/**
 * What the base branch's {@code .slipway.yml} says, as records: {@link Project}, its {@link
 * Service}s, and how each is built, tested, run, measured and released.
 */
@NullMarked
package dev.slipway.project;

import org.jspecify.annotations.NullMarked;
