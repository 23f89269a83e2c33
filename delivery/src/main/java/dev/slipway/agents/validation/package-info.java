/** The validation agent: integration tests, and performance against the stored baseline. */
@NullMarked
package dev.slipway.agents.validation;

import org.jspecify.annotations.NullMarked;
