/** Speed and memory of the review floor, run by hand: {@link FloorBench}. */
@NullMarked
package dev.slipway.bench.review;

import org.jspecify.annotations.NullMarked;
