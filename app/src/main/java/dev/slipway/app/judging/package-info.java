/**
 * {@code slipway judge}: recordings of rollouts from CSV files, judged and written as text or JSON.
 * Entry points: {@link FileVerdict#of} judges one file, {@link VerdictText} and {@link VerdictJson}
 * write it.
 */
@NullMarked
package dev.slipway.app.judging;

import org.jspecify.annotations.NullMarked;
