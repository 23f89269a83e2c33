package dev.slipway.app;

import dev.slipway.ledger.Checkpoint;
import dev.slipway.ledger.LogReader;
import dev.slipway.ledger.NoteSignature;
import dev.slipway.ledger.SignedCheckpoint;
import dev.slipway.ledger.Verifier;
import dev.slipway.ledger.Witness;
import java.util.Optional;

/** A witness that is shown everything and remembers nothing. */
final class Forgetful implements Witness {
  @Override
  public String name() {
    return "nobody";
  }

  @Override
  public Optional<Verifier> verifier() {
    return Optional.empty();
  }

  @Override
  public Optional<Checkpoint> lastSeen(String origin) {
    return Optional.empty();
  }

  @Override
  public Optional<NoteSignature> witness(SignedCheckpoint checkpoint, LogReader log) {
    return Optional.empty();
  }
}
