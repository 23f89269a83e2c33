/**
 * The text of a change as detectors read it. Entry point: {@link
 * dev.slipway.app.detectors.text.NewSide}, the new side of a hunk with its line numbers.
 */
@NullMarked
package dev.slipway.app.detectors.text;

import org.jspecify.annotations.NullMarked;
