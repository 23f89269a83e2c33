/** Talks HTTP to deployed versions: smoke checks and load. Entry point: {@link HttpProber}. */
@NullMarked
package dev.slipway.app.http;

import org.jspecify.annotations.NullMarked;
