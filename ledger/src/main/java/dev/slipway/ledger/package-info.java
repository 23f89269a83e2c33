/**
 * An append-only transparency log of bytes that an outsider can verify. It knows nothing of what
 * its entries mean.
 *
 * <p>Entry points: {@link dev.slipway.ledger.Ledger} writes and reads a log, {@link
 * dev.slipway.ledger.LogKey} signs for it.
 */
@NullMarked
package dev.slipway.ledger;

import org.jspecify.annotations.NullMarked;
