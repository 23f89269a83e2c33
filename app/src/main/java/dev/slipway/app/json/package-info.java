/**
 * Slipway's own JSON: one mapping for the journal, the audit log, REST and the command line. Entry
 * point: {@link Json}.
 */
@NullMarked
package dev.slipway.app.json;

import org.jspecify.annotations.NullMarked;
