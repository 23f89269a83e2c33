/** What stands behind the records, beside the log: {@link EvidenceStore}. */
@NullMarked
package dev.slipway.evidence;

import org.jspecify.annotations.NullMarked;
