/**
 * How audit records are written: canonical JSON (RFC 8785). Entry point: {@link CanonicalCodec}.
 */
@NullMarked
package dev.slipway.app.audit;

import org.jspecify.annotations.NullMarked;
