/**
 * Changes to the shape of a database: which statements run when a change is released, and whether
 * each adds, locks or destroys. Entry point: {@link
 * dev.slipway.app.detectors.schema.SchemaDetector}.
 */
@NullMarked
package dev.slipway.app.detectors.schema;

import org.jspecify.annotations.NullMarked;
