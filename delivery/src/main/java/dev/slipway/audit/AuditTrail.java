package dev.slipway.audit;

import dev.slipway.change.Digest;
import dev.slipway.ledger.Hash;
import dev.slipway.ledger.KeyConflict;
import dev.slipway.ledger.Ledger;
import java.util.Arrays;

/** Where records become durable. Safe for any number of threads. */
public final class AuditTrail {
  private final Ledger ledger;
  private final AuditCodec codec;

  public AuditTrail(Ledger ledger, AuditCodec codec) {
    this.ledger = ledger;
    this.codec = codec;
  }

  /**
   * Appends the record; when this returns, its bytes are on disk. The same record again gives the
   * same entry, so recovery gets its {@link Recorded} by appending again. A record longer than an
   * entry may be is kept beside the log, and its digest is logged.
   *
   * @throws dev.slipway.ledger.LedgerException if it could not be made durable: then nothing may
   *     follow
   */
  public <T extends AuditRecord> Recorded<T> append(T record) {
    byte[] entry = entry(record);
    try {
      return new Recorded<>(record, ledger.append(record.key(), entry).index());
    } catch (KeyConflict conflict) {
      if (isSame(record, ledger.entry(conflict.index()))) {
        return new Recorded<>(record, conflict.index());
      }
      throw conflict;
    }
  }

  private byte[] entry(AuditRecord record) {
    byte[] bytes = codec.encode(record);
    return bytes.length <= Ledger.MAX_ENTRY_BYTES
        ? bytes
        : codec.reference(record, new Digest(ledger.blobs().put(bytes).hex()));
  }

  /** Whether an older Slipway wrote this very record: then only its version differs. */
  private boolean isSame(AuditRecord record, byte[] written) {
    return Arrays.equals(
        codec.encode(codec.decode(whole(written)).withoutVersion()),
        codec.encode(record.withoutVersion()));
  }

  private byte[] whole(byte[] entry) {
    return codec
        .referred(entry)
        .map(
            digest ->
                ledger
                    .blobs()
                    .get(Hash.ofHex(digest.hex()))
                    .orElseThrow(
                        () -> new IllegalStateException("the record " + digest + " is gone")))
        .orElse(entry);
  }
}
