package dev.slipway.ledger;

import java.time.Duration;
import java.util.List;

/**
 * How a log is written.
 *
 * @param keys the keys that sign each checkpoint, all of one name, which is the log's origin; more
 *     than one while a key is being rotated
 * @param checkpointEvery the longest time from an append to the signed checkpoint that covers it,
 *     as long as the disk keeps up
 */
public record LedgerOptions(List<LogKey> keys, Duration checkpointEvery, List<Witness> witnesses) {
  /** One second. */
  public static final Duration CHECKPOINT_EVERY = Duration.ofSeconds(1);

  /**
   * @throws IllegalArgumentException if there is no key, the keys have several names, or the time
   *     is not positive
   */
  public LedgerOptions {
    keys = List.copyOf(keys);
    witnesses = List.copyOf(witnesses);
    if (keys.stream().map(key -> key.verifier().name()).distinct().count() != 1) {
      throw new IllegalArgumentException("a log is signed by keys of exactly one name");
    }
    if (!checkpointEvery.isPositive()) {
      throw new IllegalArgumentException("checkpointEvery must be positive");
    }
  }

  /** Signed by these keys, otherwise as by default. */
  public static LedgerOptions signedBy(List<LogKey> keys) {
    return new LedgerOptions(keys, CHECKPOINT_EVERY, List.of());
  }

  /** Signed by this key, otherwise as by default. */
  public static LedgerOptions signedBy(LogKey key) {
    return signedBy(List.of(key));
  }

  /** The same with another bound for checkpoints. */
  public LedgerOptions withCheckpointEvery(Duration every) {
    return new LedgerOptions(keys, every, witnesses);
  }

  /** The same, shown to these witnesses. */
  public LedgerOptions withWitnesses(List<Witness> witnesses) {
    return new LedgerOptions(keys, checkpointEvery, witnesses);
  }

  /** The first line of the log's checkpoints. */
  public String origin() {
    return keys.getFirst().verifier().name();
  }
}
