package dev.slipway.ledger;

import java.io.IOException;
import java.util.Optional;

/**
 * Somebody outside who is shown each checkpoint before it is published, so that the log's operator
 * alone cannot rewrite history: a witness that cosigns, or an anchor that keeps the checkpoint
 * where the operator cannot alter it.
 */
public interface Witness {
  /** A name for messages. */
  String name();

  /** The key of its cosignatures; empty for an anchor, which signs nothing. */
  Optional<Verifier> verifier();

  /**
   * The latest checkpoint of this log that it has seen, if it can tell. A log that does not extend
   * it is not opened.
   *
   * @throws IOException if it cannot be asked; then the log is not opened either
   */
  Optional<Checkpoint> lastSeen(String origin) throws IOException;

  /**
   * Shows it a checkpoint. Called from one thread at a time.
   *
   * @param log reads and proves what the checkpoint covers
   * @return its cosignature; empty from an anchor
   * @throws IOException if it did not answer, or refused
   */
  Optional<NoteSignature> witness(SignedCheckpoint checkpoint, LogReader log) throws IOException;
}
