/**
 * Incident reports as files, for people (Markdown and a plot) and for programs (JSON). Entry point:
 * {@link FileIncidents}.
 */
@NullMarked
package dev.slipway.app.incidents;

import org.jspecify.annotations.NullMarked;
