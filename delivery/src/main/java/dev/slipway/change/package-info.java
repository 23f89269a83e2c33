/**
 * The vocabulary of delivery: {@link PullRequest}, {@link Candidate}, {@link Diff}, {@link
 * Artifact}, {@link Stage}, {@link Person}. Imports nothing of Slipway.
 */
@NullMarked
package dev.slipway.change;

import org.jspecify.annotations.NullMarked;
