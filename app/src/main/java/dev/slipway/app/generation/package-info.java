/** The languages that tests can be written in: {@link Profiles}. */
@NullMarked
package dev.slipway.app.generation;

import org.jspecify.annotations.NullMarked;
