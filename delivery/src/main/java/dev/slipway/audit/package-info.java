/**
 * What happened and why, durable before it permits anything: {@link AuditTrail#append} turns an
 * {@link AuditRecord} into a {@link Recorded} one. {@link AuditCodec} turns records into bytes.
 * {@link Meaning} tells whether a log of such records says that every move was allowed.
 */
@NullMarked
package dev.slipway.audit;

import org.jspecify.annotations.NullMarked;
