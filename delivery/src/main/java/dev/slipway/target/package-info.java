/** Where versions run: {@link DeployTarget} and the vocabulary of a {@link Rollout}. */
@NullMarked
package dev.slipway.target;

import org.jspecify.annotations.NullMarked;
