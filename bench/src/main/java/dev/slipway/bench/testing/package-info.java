/** Measures what the proof of generated tests costs: {@link Validation} is a program. */
@NullMarked
package dev.slipway.bench.testing;

import org.jspecify.annotations.NullMarked;
