/**
 * The edge: a small reverse proxy that splits a service's traffic between its stable and its canary
 * instances, counts what each arm answers, and runs as a process of its own, so that production is
 * served while the control plane restarts or dies.
 *
 * <p>Entry points: {@link dev.slipway.app.edge.EdgeProcess} starts, adopts and stops an edge;
 * {@link dev.slipway.app.edge.EdgeClient} tells it what to do and reads what it measured; {@link
 * dev.slipway.app.edge.EdgeMain} is the process itself.
 *
 * <p>Inside the process every route lives on one event loop and is only touched there: nothing in
 * this package is locked.
 */
@NullMarked
package dev.slipway.app.edge;

import org.jspecify.annotations.NullMarked;
