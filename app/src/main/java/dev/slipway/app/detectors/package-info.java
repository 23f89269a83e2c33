/**
 * The detectors of the review floor, one package per family of facts. Entry point: {@link
 * dev.slipway.app.detectors.Detectors}.
 */
@NullMarked
package dev.slipway.app.detectors;

import org.jspecify.annotations.NullMarked;
