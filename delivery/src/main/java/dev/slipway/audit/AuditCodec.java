package dev.slipway.audit;

/** Turns records into canonical bytes: equal records give equal bytes. */
public interface AuditCodec {
  /** The record's canonical form, at most 65,535 bytes. */
  byte[] encode(AuditRecord record);
}
