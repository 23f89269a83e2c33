/**
 * An append-only transparency log of bytes that an outsider can verify. It knows nothing of what
 * its entries mean.
 *
 * <p>Entry points: {@link dev.slipway.ledger.Ledger} writes and reads a log with the keys of a
 * {@link dev.slipway.ledger.KeyFile}; {@link dev.slipway.ledger.LogReader} proves what is in it;
 * {@link dev.slipway.ledger.LogVerifier} verifies all of it, {@link dev.slipway.ledger.LogProof}
 * one entry, both for anybody, anywhere; {@link dev.slipway.ledger.Witness} keeps its operator
 * honest; {@link dev.slipway.ledger.PublicFile} says what may be served. The formats are C2SP
 * tlog-tiles, tlog-checkpoint, signed-note, tlog-cosignature, tlog-witness and tlog-proof over RFC
 * 6962.
 *
 * <pre>
 * checkpoint  verifiers  tile/  blobs/      what outsiders read
 * journal/  keys  lock                      the writer's own
 * </pre>
 */
@NullMarked
package dev.slipway.ledger;

import org.jspecify.annotations.NullMarked;
