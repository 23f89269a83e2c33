/** The vocabulary of delivery: pull request, candidate, diff, artifact, stage, person. */
@NullMarked
package dev.slipway.change;

import org.jspecify.annotations.NullMarked;
