/**
 * Changes to the shape of a database. Entry point: {@link
 * dev.slipway.app.detectors.schema.MigrationDetector}.
 */
@NullMarked
package dev.slipway.app.detectors.schema;

import org.jspecify.annotations.NullMarked;
