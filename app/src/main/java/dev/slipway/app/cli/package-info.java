/**
 * The command line: one class per command. Entry point: {@link Slipway}. No command loads Spring
 * unless it starts a control plane.
 */
@NullMarked
package dev.slipway.app.cli;

import org.jspecify.annotations.NullMarked;
