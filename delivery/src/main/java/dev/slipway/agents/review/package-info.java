/** The review agent: detectors state facts, a model may add concerns, the report carries both. */
@NullMarked
package dev.slipway.agents.review;

import org.jspecify.annotations.NullMarked;
