/**
 * The deploy target {@code process}: every instance is a detached process of its own, blue and
 * green with a canary behind the traffic router. Entry point: {@link ProcessTarget}.
 */
@NullMarked
package dev.slipway.app.processes;

import org.jspecify.annotations.NullMarked;
