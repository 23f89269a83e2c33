package dev.slipway.ledger;

import java.util.Optional;

/**
 * How to verify a log.
 *
 * @param trusted whose signature to ask for; without any, the log can only agree with itself
 * @param since an older checkpoint that the log must extend, as its owner kept it
 * @param progress is told how far the verification is
 */
public record VerifyOptions(
    TrustedKeys trusted, Optional<SignedCheckpoint> since, Progress progress) {
  /** Is told, from one thread and in order, how many entries were verified of how many. */
  @FunctionalInterface
  public interface Progress {
    /** Called after each block of entries and at the end. */
    void verified(long entries, long total);
  }

  /** Ask for signatures by these keys. */
  public static VerifyOptions trusting(TrustedKeys trusted) {
    return new VerifyOptions(trusted, Optional.empty(), (entries, total) -> {});
  }

  /** The same, and the log must extend this checkpoint. */
  public VerifyOptions since(SignedCheckpoint older) {
    return new VerifyOptions(trusted, Optional.of(older), progress);
  }

  /** The same, telling how far it is. */
  public VerifyOptions reportingTo(Progress progress) {
    return new VerifyOptions(trusted, since, progress);
  }
}
