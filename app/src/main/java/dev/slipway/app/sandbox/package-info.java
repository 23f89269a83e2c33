/**
 * Commands kept apart from the machine: {@link Sandboxes} finds what there is, {@link Bubblewrap}
 * confines, {@link Unconfined} is the explicit choice to only bound.
 */
@NullMarked
package dev.slipway.app.sandbox;

import org.jspecify.annotations.NullMarked;
