/** The staging agent: smoke-tests the deployed candidate and measures it under load. */
@NullMarked
package dev.slipway.agents.staging;

import org.jspecify.annotations.NullMarked;
