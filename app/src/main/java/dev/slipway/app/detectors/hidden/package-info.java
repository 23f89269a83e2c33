/**
 * Text that reads differently from what it is. Entry point: {@link
 * dev.slipway.app.detectors.hidden.HiddenTextDetector}.
 */
@NullMarked
package dev.slipway.app.detectors.hidden;

import org.jspecify.annotations.NullMarked;
