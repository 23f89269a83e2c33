/**
 * The documents of REST and {@code --json}: stable names, made from states. Entry point: {@link
 * ChangeView}.
 */
@NullMarked
package dev.slipway.app.api;

import org.jspecify.annotations.NullMarked;
