/**
 * What was found and what follows from it: {@link Measurement}, {@link Finding}, {@link Report},
 * {@link Verdict}, {@link Disposition}, {@link Approval}. The only package in which a number is
 * compared with a limit: {@link Policy} holds the comparison, {@link Thresholds} the values.
 */
@NullMarked
package dev.slipway.policy;

import org.jspecify.annotations.NullMarked;
