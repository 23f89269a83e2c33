/** Calls people: {@link Notifier}. */
@NullMarked
package dev.slipway.notification;

import org.jspecify.annotations.NullMarked;
