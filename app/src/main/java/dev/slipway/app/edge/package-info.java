/**
 * The edge: a small reverse proxy that splits a service's traffic between its stable and its canary
 * instances, counts what each arm answers, and runs as a process of its own, so that production is
 * served while the control plane restarts or dies.
 *
 * <p>Entry points: {@link dev.slipway.app.edge.EdgeProcess} starts, adopts and stops an edge,
 * {@link dev.slipway.app.edge.EdgeSupervisor} keeps one running; {@link
 * dev.slipway.app.edge.EdgeClient} tells it what to do and reads what it measured; {@link
 * dev.slipway.app.edge.EdgeMain} is the process itself.
 *
 * <p>Inside the process every route lives on one event loop and is only touched there; the admin
 * has one of its own. Nothing in this package is locked, and only {@link
 * dev.slipway.app.edge.Capacity} is shared.
 */
@NullMarked
package dev.slipway.app.edge;

import org.jspecify.annotations.NullMarked;
