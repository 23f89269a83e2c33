/**
 * PostgreSQL for the control plane: embedded under Slipway's home, or your own server. Entry
 * points: {@link StoreSettings}, {@link Database}.
 */
@NullMarked
package dev.slipway.app.store;

import org.jspecify.annotations.NullMarked;
