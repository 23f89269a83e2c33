/**
 * Credentials on added lines. Entry point: {@link
 * dev.slipway.app.detectors.secrets.SecretDetector}.
 */
@NullMarked
package dev.slipway.app.detectors.secrets;

import org.jspecify.annotations.NullMarked;
