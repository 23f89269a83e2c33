/**
 * What the edge costs: requests per second and added latency against no proxy and against HAProxy,
 * in one run. Entry point: {@link dev.slipway.bench.edge.EdgeBench}.
 */
@NullMarked
package dev.slipway.bench.edge;

import org.jspecify.annotations.NullMarked;
