/** An append-only transparency log of bytes that an outsider can verify. */
@NullMarked
package dev.slipway.ledger;

import org.jspecify.annotations.NullMarked;
