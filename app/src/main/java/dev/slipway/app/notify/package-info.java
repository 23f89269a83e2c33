/** Tells people: on the control plane's own log, for now. Entry point: {@link LogNotifier}. */
@NullMarked
package dev.slipway.app.notify;

import org.jspecify.annotations.NullMarked;
