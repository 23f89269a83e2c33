package dev.slipway.ledger;

/** A key that already names an entry was used again with other bytes. Nothing was appended. */
public final class KeyConflict extends LedgerException {
  private final String key;
  private final long index;

  KeyConflict(String key, long index) {
    super(
        "key '%s' already names entry %d, whose bytes differ; use a new key for a new entry"
            .formatted(Printable.of(key), index));
    this.key = key;
    this.index = index;
  }

  /** The key as the caller gave it. */
  public String key() {
    return key;
  }

  /** The entry that the key names. */
  public long index() {
    return index;
  }
}
