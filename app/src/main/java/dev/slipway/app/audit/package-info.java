/**
 * The audit log above its bytes: how records are written ({@link CanonicalCodec}, in the forms of
 * {@link RecordSchemas}) and whether a log of them holds ({@link AuditVerification}).
 */
@NullMarked
package dev.slipway.app.audit;

import org.jspecify.annotations.NullMarked;
