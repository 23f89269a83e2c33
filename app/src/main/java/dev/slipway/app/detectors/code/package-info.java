/**
 * Dangerous and slow code in Java, Python, JavaScript and TypeScript, found in syntax trees, and
 * what other scanners left as SARIF. Entry points: {@link
 * dev.slipway.app.detectors.code.CodeDetector}, {@link
 * dev.slipway.app.detectors.code.SarifDetector}.
 */
@NullMarked
package dev.slipway.app.detectors.code;

import org.jspecify.annotations.NullMarked;
