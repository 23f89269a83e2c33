/** Load on the engine, run by hand: {@link EngineBench}. Results are in {@code docs}. */
@NullMarked
package dev.slipway.bench.engine;

import org.jspecify.annotations.NullMarked;
