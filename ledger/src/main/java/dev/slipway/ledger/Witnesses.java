package dev.slipway.ledger;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/** Shows a checkpoint to all witnesses at once, for a bounded time. */
final class Witnesses {
  private final List<Witness> all;
  private final Duration patience;
  private volatile List<String> problems = List.of();

  Witnesses(List<Witness> all, Duration patience) {
    this.all = all;
    this.patience = patience;
  }

  /**
   * The checkpoint with the cosignatures that arrived in time. It is published without the others:
   * appending must not depend on strangers; who requires witnesses counts them when verifying.
   */
  SignedCheckpoint cosign(SignedCheckpoint signed, LogReader log) throws InterruptedException {
    if (all.isEmpty()) {
      return signed;
    }
    List<Callable<Optional<NoteSignature>>> calls = new ArrayList<>();
    for (Witness witness : all) {
      calls.add(() -> cosignature(witness, signed, log));
    }
    ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    try {
      return collect(signed, threads.invokeAll(calls, patience.toMillis(), TimeUnit.MILLISECONDS));
    } finally {
      threads.shutdownNow();
    }
  }

  private SignedCheckpoint collect(
      SignedCheckpoint signed, List<Future<Optional<NoteSignature>>> answers)
      throws InterruptedException {
    List<NoteSignature> signatures = new ArrayList<>(signed.note().signatures());
    List<String> failed = new ArrayList<>();
    for (int i = 0; i < all.size(); i++) {
      try {
        answers.get(i).get().ifPresent(signatures::add);
      } catch (CancellationException e) {
        failed.add(all.get(i).name() + " did not answer within " + patience);
      } catch (ExecutionException e) {
        failed.add(all.get(i).name() + ": " + e.getCause());
      }
    }
    problems = List.copyOf(failed);
    return new SignedCheckpoint(
        signed.checkpoint(), new SignedNote(signed.note().text(), signatures));
  }

  private static Optional<NoteSignature> cosignature(
      Witness witness, SignedCheckpoint signed, LogReader log) throws IOException {
    Optional<NoteSignature> signature = witness.witness(signed, log);
    if (signature.isPresent()
        && witness
            .verifier()
            .filter(v -> v.verifies(signed.note().text(), signature.get()))
            .isEmpty()) {
      throw new IOException("its cosignature does not verify");
    }
    return signature;
  }

  /** Which witnesses the latest checkpoint lacks, and why. */
  List<String> problems() {
    return problems;
  }

  /** Refuses a log that is older than, or another than, what a witness has seen. */
  void requireExtends(String origin, LogReader log) throws IOException {
    for (Witness witness : all) {
      Optional<Checkpoint> seen = witness.lastSeen(origin);
      if (seen.isPresent() && !isExtended(seen.get(), log)) {
        throw new LogDamaged(
            "the log has %d entries, which do not extend the %d that %s has seen: it was restored from an old backup, or forked; restore the newest one"
                .formatted(log.size(), seen.get().size(), witness.name()));
      }
    }
  }

  private static boolean isExtended(Checkpoint seen, LogReader log) {
    return seen.size() <= log.size() && log.asOf(seen.size()).root().equals(seen.root());
  }
}
