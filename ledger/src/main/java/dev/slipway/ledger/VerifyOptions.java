package dev.slipway.ledger;

import java.util.List;
import java.util.Optional;

/**
 * How to verify a log.
 *
 * @param trusted whose signature to ask for; without any, the log can only agree with itself
 * @param since an older checkpoint that the log must extend, as its owner kept it
 * @param progress is told how far the verification is
 * @param reader is given every entry that could be read
 */
public record VerifyOptions(
    TrustedKeys trusted,
    Optional<SignedCheckpoint> since,
    Progress progress,
    Optional<EntryReader> reader) {
  /** Is told, from one thread and in order, how many entries were verified of how many. */
  @FunctionalInterface
  public interface Progress {
    /** Called after each block of entries and at the end. */
    void verified(long entries, long total);
  }

  /**
   * Is given the entries as they are verified, from one thread and in order. Whether they are the
   * log's is known when the verification has ended.
   */
  @FunctionalInterface
  public interface EntryReader {
    /** Up to 256 entries that follow one another. */
    void read(long first, List<byte[]> entries);
  }

  /** Ask for signatures by these keys. */
  public static VerifyOptions trusting(TrustedKeys trusted) {
    return new VerifyOptions(trusted, Optional.empty(), (entries, total) -> {}, Optional.empty());
  }

  /** The same, reading the entries on the way. */
  public VerifyOptions reading(EntryReader reader) {
    return new VerifyOptions(trusted, since, progress, Optional.of(reader));
  }

  /** The same, and the log must extend this checkpoint. */
  public VerifyOptions since(SignedCheckpoint older) {
    return new VerifyOptions(trusted, Optional.of(older), progress, reader);
  }

  /** The same, telling how far it is. */
  public VerifyOptions reportingTo(Progress progress) {
    return new VerifyOptions(trusted, since, progress, reader);
  }
}
