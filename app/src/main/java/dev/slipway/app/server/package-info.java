/**
 * The control plane over HTTP on the loopback address: REST, server-sent events, a plain status
 * page. Entry point: {@link Server}.
 */
@NullMarked
package dev.slipway.app.server;

import org.jspecify.annotations.NullMarked;
