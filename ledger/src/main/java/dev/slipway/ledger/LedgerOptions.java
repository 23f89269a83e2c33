package dev.slipway.ledger;

import java.time.Duration;
import java.util.List;

/**
 * How a log is written.
 *
 * @param keys the keys that sign each checkpoint, all of one name, which is the log's origin; more
 *     than one while a key is being rotated
 * @param checkpointEvery the longest time from an append to the signed checkpoint that covers it,
 *     as long as the disk keeps up and no witness makes it wait
 * @param witnesses are shown each checkpoint before it is published
 * @param patience how long a checkpoint waits for the witnesses; then it goes out without those who
 *     did not answer
 */
public record LedgerOptions(
    List<LogKey> keys, Duration checkpointEvery, List<Witness> witnesses, Duration patience) {
  /** One second. */
  public static final Duration CHECKPOINT_EVERY = Duration.ofSeconds(1);

  /** Five seconds. */
  public static final Duration PATIENCE = Duration.ofSeconds(5);

  /**
   * @throws IllegalArgumentException if there is no key, the keys have several names, or a time is
   *     not positive
   */
  public LedgerOptions {
    keys = List.copyOf(keys);
    witnesses = List.copyOf(witnesses);
    if (keys.stream().map(key -> key.verifier().name()).distinct().count() != 1) {
      throw new IllegalArgumentException("a log is signed by keys of exactly one name");
    }
    if (!checkpointEvery.isPositive() || !patience.isPositive()) {
      throw new IllegalArgumentException("checkpointEvery and patience must be positive");
    }
  }

  /** Signed by these keys, otherwise as by default. */
  public static LedgerOptions signedBy(List<LogKey> keys) {
    return new LedgerOptions(keys, CHECKPOINT_EVERY, List.of(), PATIENCE);
  }

  /** Signed by this key, otherwise as by default. */
  public static LedgerOptions signedBy(LogKey key) {
    return signedBy(List.of(key));
  }

  /** The same with another bound for checkpoints. */
  public LedgerOptions withCheckpointEvery(Duration every) {
    return new LedgerOptions(keys, every, witnesses, patience);
  }

  /** The same, shown to these witnesses. */
  public LedgerOptions withWitnesses(List<Witness> witnesses) {
    return new LedgerOptions(keys, checkpointEvery, witnesses, patience);
  }

  /** The same, with more or less patience with the witnesses. */
  public LedgerOptions withPatience(Duration patience) {
    return new LedgerOptions(keys, checkpointEvery, witnesses, patience);
  }

  /** The first line of the log's checkpoints. */
  public String origin() {
    return keys.getFirst().verifier().name();
  }
}
