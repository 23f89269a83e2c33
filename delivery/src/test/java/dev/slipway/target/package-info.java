/** Contract kits of the target's ports, and fakes that keep them in memory. */
@NullMarked
package dev.slipway.target;

import org.jspecify.annotations.NullMarked;
