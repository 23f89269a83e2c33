/**
 * What is written down when production had to be taken back: {@link Incident} is the report, {@link
 * Incidents} where it goes. {@link Suspects} ranks the changed lines by evidence; {@link
 * Hypotheses} asks a model for a cause, which stays a hypothesis.
 */
@NullMarked
package dev.slipway.incident;

import org.jspecify.annotations.NullMarked;
