/**
 * The demo: five changes to the sample service at once, on a repository, a home and an edge of its
 * own, with live traffic, and nothing left running afterwards. It uses the control plane as a
 * person would, over REST and the command line; only the edge's counters it reads directly. Entry
 * points: {@link Demo}, {@link Pipeline}.
 */
@NullMarked
package dev.slipway.app.demo;

import org.jspecify.annotations.NullMarked;
