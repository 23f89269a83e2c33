/**
 * Changes to what judges changes, and to other paths that deserve a second look. Entry point:
 * {@link dev.slipway.app.detectors.rules.RulesDetector}.
 */
@NullMarked
package dev.slipway.app.detectors.rules;

import org.jspecify.annotations.NullMarked;
