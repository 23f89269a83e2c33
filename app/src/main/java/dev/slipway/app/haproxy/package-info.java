/**
 * A running HAProxy as traffic router and metric source, told and asked over its stats socket:
 * weights and states change without a reload, and every request is read from a ring of log lines.
 * Entry point: {@link dev.slipway.app.haproxy.Haproxy}.
 */
@NullMarked
package dev.slipway.app.haproxy;

import org.jspecify.annotations.NullMarked;
