package dev.slipway.ledger;

import java.util.List;
import java.util.Optional;

/**
 * Whose word about a log a verifier takes.
 *
 * @param log keys of the log itself: at least one must have signed
 * @param witnesses keys of those who watch the log
 * @param quorum how many of the witnesses must have cosigned
 */
public record TrustedKeys(List<Verifier> log, List<Verifier> witnesses, int quorum) {
  /**
   * @throws IllegalArgumentException if a key is of the wrong kind, or the quorum cannot be met
   */
  public TrustedKeys {
    log = List.copyOf(log);
    witnesses = List.copyOf(witnesses);
    if (log.stream().anyMatch(key -> key.kind() != Verifier.Kind.LOG)
        || witnesses.stream().anyMatch(key -> key.kind() != Verifier.Kind.WITNESS)) {
      throw new IllegalArgumentException("a log key is no witness key, nor the other way round");
    }
    if (quorum < 0 || quorum > witnesses.size() || (log.isEmpty() && !witnesses.isEmpty())) {
      throw new IllegalArgumentException(
          "%d of %d witnesses, with %d log keys, cannot be asked for"
              .formatted(quorum, witnesses.size(), log.size()));
    }
  }

  /** Nobody: a log can only be shown to agree with itself. */
  public static TrustedKeys none() {
    return new TrustedKeys(List.of(), List.of(), 0);
  }

  /** These keys; every witness among them must have cosigned. */
  public static TrustedKeys of(List<Verifier> keys) {
    List<Verifier> log = keys.stream().filter(k -> k.kind() == Verifier.Kind.LOG).toList();
    List<Verifier> witnesses =
        keys.stream().filter(k -> k.kind() == Verifier.Kind.WITNESS).toList();
    return new TrustedKeys(log, witnesses, witnesses.size());
  }

  /** Whether nobody is trusted. */
  public boolean isEmpty() {
    return log.isEmpty();
  }

  /** Why the checkpoint is not to be believed; empty if it is. */
  public Optional<String> objection(SignedCheckpoint signed) {
    SignedNote note = signed.note();
    String origin = signed.checkpoint().origin();
    if (log.stream().noneMatch(key -> key.name().equals(origin))) {
      return Optional.of(
          "the checkpoint is of the log '%s', of which no key is trusted"
              .formatted(Printable.of(origin)));
    }
    if (!note.signedBy(log)) {
      return Optional.of("the checkpoint is not signed by a trusted key of the log");
    }
    long cosigned = witnesses.stream().filter(witness -> note.signedBy(List.of(witness))).count();
    return cosigned >= quorum
        ? Optional.empty()
        : Optional.of(
            "the checkpoint has the cosignatures of %d trusted witnesses instead of %d"
                .formatted(cosigned, quorum));
  }
}
