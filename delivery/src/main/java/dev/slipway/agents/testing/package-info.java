/** The test agent: runs the candidate's tests, measures what they cover of the changed lines. */
@NullMarked
package dev.slipway.agents.testing;

import org.jspecify.annotations.NullMarked;
