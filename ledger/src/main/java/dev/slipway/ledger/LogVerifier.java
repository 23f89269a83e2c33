package dev.slipway.ledger;

import java.io.IOException;
import java.util.List;
import java.util.Optional;

/**
 * Verifies a whole log: recomputes everything from the entries to the root and compares it with the
 * tiles, the checkpoint, its signatures, and an older checkpoint.
 *
 * <p>In a directory it also checks what follows from no checkpoint: older partial tiles, blobs, and
 * the list of verifiers. The journal, the keys of idempotence and the lock are the writer's private
 * files and say nothing to an outsider.
 */
public final class LogVerifier {
  private final TileSource source;
  private final VerifyOptions options;
  private final Problems problems = new Problems();

  private LogVerifier(TileSource source, VerifyOptions options) {
    this.source = source;
    this.options = options;
  }

  /**
   * Verifies a log. What is wrong with the log is in the result, not in an exception.
   *
   * @throws LedgerException if the source cannot be read, so that nothing can be said
   */
  public static Verification verify(TileSource source, VerifyOptions options) {
    try {
      return new LogVerifier(source, options).run();
    } catch (IOException e) {
      throw new LedgerException("cannot read the log: " + e, e);
    }
  }

  private Verification run() throws IOException {
    Verification.Trust trust =
        options.trusted().isEmpty()
            ? Verification.Trust.LOG_ITSELF
            : Verification.Trust.TRUSTED_KEY;
    Optional<SignedCheckpoint> signed = checkpoint();
    if (signed.isEmpty()) {
      return new Verification(0, Optional.empty(), trust, problems.list());
    }
    Checkpoint checkpoint = signed.get().checkpoint();
    checkSignatures(signed.get());
    Optional<Checkpoint> since = since(checkpoint);
    TreeCheck tree = new TreeCheck(source, checkpoint, since, problems, options);
    Optional<Hash> root = tree.run();
    new FileCheck(source, checkpoint.size(), problems).run();
    return new Verification(checkpoint.size(), root, trust, problems.list());
  }

  private Optional<SignedCheckpoint> checkpoint() throws IOException {
    Optional<byte[]> bytes = source.read(TilePath.CHECKPOINT);
    if (bytes.isEmpty()) {
      problems.add(Problem.of("there is no checkpoint"));
      return Optional.empty();
    }
    try {
      return Optional.of(SignedCheckpoint.parse(bytes.get()));
    } catch (IllegalArgumentException e) {
      problems.add(Problem.of("the checkpoint is malformed: " + e.getMessage()));
      return Optional.empty();
    }
  }

  private void checkSignatures(SignedCheckpoint signed) throws IOException {
    Optional<List<Verifier>> listed = listed();
    if (!options.trusted().isEmpty()) {
      options.trusted().objection(signed).map(Problem::of).ifPresent(problems::add);
    }
    if (listed.isEmpty()) {
      if (options.trusted().isEmpty()) {
        problems.add(
            Problem.of(
                "the checkpoint's signature cannot be checked: no key is trusted and the log lists"
                    + " none"));
      }
      return;
    }
    checkListed(signed, listed.get());
  }

  /**
   * The note format asks readers to ignore signatures by unknown keys. This log names all its
   * signers, so one that it does not name is a damaged line.
   */
  private void checkListed(SignedCheckpoint signed, List<Verifier> listed) {
    boolean byTheLog = false;
    for (NoteSignature signature : signed.note().signatures()) {
      Optional<Verifier> signer =
          listed.stream().filter(key -> key.verifies(signed.note().text(), signature)).findFirst();
      if (signer.isEmpty()) {
        problems.add(
            Problem.of(
                "the checkpoint's signature by '%s' is by none of the keys that the log lists, or wrong"
                    .formatted(Printable.of(signature.name()))));
      } else if (signer.get().kind() == Verifier.Kind.LOG) {
        byTheLog |= signer.get().name().equals(signed.checkpoint().origin());
      }
    }
    if (!byTheLog) {
      problems.add(
          Problem.of("the checkpoint is not signed by a key that the log lists as its own"));
    }
  }

  private Optional<List<Verifier>> listed() throws IOException {
    Optional<byte[]> bytes = source.read(VerifierList.FILE);
    if (bytes.isEmpty()) {
      return Optional.empty();
    }
    try {
      return Optional.of(VerifierList.parse(bytes.get()));
    } catch (IllegalArgumentException e) {
      problems.add(
          Problem.of(
              "the list of keys (" + VerifierList.FILE + ") is malformed: " + e.getMessage()));
      return Optional.empty();
    }
  }

  /** The older checkpoint, if the log has not shrunk below it. */
  private Optional<Checkpoint> since(Checkpoint now) throws IOException {
    if (options.since().isEmpty()) {
      return Optional.empty();
    }
    SignedCheckpoint signed = options.since().get();
    Checkpoint older = signed.checkpoint();
    boolean believed =
        options.trusted().isEmpty()
            ? signed.note().signedBy(listed().orElse(List.of()))
            : signed.note().signedBy(options.trusted().log());
    if (!believed) {
      problems.add(Problem.of("the older checkpoint is not signed by a key of this log"));
    }
    if (!older.origin().equals(now.origin())) {
      problems.add(
          Problem.of(
              "the older checkpoint is of another log, '%s'"
                  .formatted(Printable.of(older.origin()))));
      return Optional.empty();
    }
    if (older.size() > now.size()) {
      problems.add(
          Problem.at(
              now.size(),
              "the log was cut off: the older checkpoint covers %d entries, this one %d"
                  .formatted(older.size(), now.size())));
      return Optional.empty();
    }
    return Optional.of(older);
  }
}
