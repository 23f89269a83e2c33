package dev.slipway.ledger;

/**
 * What opening a log found.
 *
 * @param size entries in the log, all of them durable
 * @param replayed how many of them only the journal had, because the log was not closed in order
 * @param tornBytes length of the unfinished, never acknowledged write that was cut off
 */
public record Recovered(long size, long replayed, long tornBytes) {}
