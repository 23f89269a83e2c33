/** The place where changes are proposed and merged: {@link Branches} moves its branches. */
@NullMarked
package dev.slipway.forge;

import org.jspecify.annotations.NullMarked;
