/**
 * The durable engine: each change is one event-sourced entity with a single writer, each slot's
 * lease another, on Apache Pekko over PostgreSQL. Entry points: {@link Engine}, {@link Reply},
 * {@link ChangeSummary}, {@link Lease}.
 */
@NullMarked
package dev.slipway.app.engine;

import org.jspecify.annotations.NullMarked;
