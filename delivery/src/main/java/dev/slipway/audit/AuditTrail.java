package dev.slipway.audit;

import dev.slipway.ledger.Ledger;

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
   * same entry, so recovery gets its {@link Recorded} by appending again.
   *
   * @throws dev.slipway.ledger.LedgerException if it could not be made durable: then nothing may
   *     follow
   */
  public <T extends AuditRecord> Recorded<T> append(T record) {
    return new Recorded<>(record, ledger.append(record.key(), codec.encode(record)).index());
  }
}
