package dev.slipway.ledger;

/**
 * Where an entry stands in the log. It is durable: a power cut after this value exists does not
 * lose the entry.
 *
 * @param index position in the log, counted from 0; never changes
 * @param leafHash RFC 6962 leaf hash of the entry
 */
public record Appended(long index, Hash leafHash) {}
