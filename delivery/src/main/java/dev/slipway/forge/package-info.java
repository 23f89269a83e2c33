/**
 * Where pull requests come from and where their fate is told: {@link Forge}, {@link Branches},
 * {@link ForgeEvent}.
 */
@NullMarked
package dev.slipway.forge;

import org.jspecify.annotations.NullMarked;
