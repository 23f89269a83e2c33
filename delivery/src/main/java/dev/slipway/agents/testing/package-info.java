/**
 * The test agent: runs the candidate's tests, measures what they cover of the changed lines, and
 * has a model write what is missing. {@link TestGaps} does the same on its own.
 */
@NullMarked
package dev.slipway.agents.testing;

import org.jspecify.annotations.NullMarked;
