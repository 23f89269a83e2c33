/**
 * Reviews as SARIF 2.1.0, the format in which code scanners talk to forges and editors. Entry
 * point: {@link dev.slipway.app.sarif.SarifLog}.
 */
@NullMarked
package dev.slipway.app.sarif;

import org.jspecify.annotations.NullMarked;
