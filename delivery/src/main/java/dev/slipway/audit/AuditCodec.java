package dev.slipway.audit;

import dev.slipway.change.Digest;
import java.util.Optional;

/** Turns records into canonical bytes and back: equal records give equal bytes. */
public interface AuditCodec {
  /**
   * The record's canonical form. Text in it is on one line and without control characters: they
   * become visible escapes.
   */
  byte[] encode(AuditRecord record);

  /**
   * Reads what {@link #encode} wrote, in this version or an older one.
   *
   * @throws IllegalArgumentException if it is not a record of a known form
   */
  AuditRecord decode(byte[] canonical);

  /** The entry that stands for a record too long for the log: it names where the record is. */
  byte[] reference(AuditRecord record, Digest content);

  /** Where the record is that this entry only names; empty if the entry is the record itself. */
  Optional<Digest> referred(byte[] entry);
}
