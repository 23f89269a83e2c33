/**
 * What the review would have said of changes that were merged long ago, and what a changed policy
 * would alter. Entry point: {@link dev.slipway.app.backtest.Backtest}.
 */
@NullMarked
package dev.slipway.app.backtest;

import org.jspecify.annotations.NullMarked;
