package dev.slipway.app.audit;

import dev.slipway.change.Digest;
import dev.slipway.ledger.LogKey;
import dev.slipway.ledger.SignedCheckpoint;
import dev.slipway.ledger.TileSource;
import dev.slipway.ledger.Verification;
import dev.slipway.ledger.VerifyOptions;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * Questions to a log. Every answer comes with the verification of the whole log it was read from.
 */
public final class LogInquiry {
  private final TileSource source;
  private final VerifyOptions options;
  private final Function<Digest, Optional<byte[]>> evidence;
  private final Optional<LogKey> key;
  private final SignedCheckpoint checkpoint;

  /**
   * @param evidence content that reports name and that is not beside the log
   * @param key signs attestations, where it is at hand
   * @throws IllegalStateException if the log has no readable checkpoint
   */
  public LogInquiry(
      TileSource source,
      VerifyOptions options,
      Function<Digest, Optional<byte[]>> evidence,
      Optional<LogKey> key) {
    this.source = source;
    this.options = options;
    this.evidence = evidence;
    this.key = key;
    this.checkpoint = checkpoint(source);
  }

  /** What was found, and how far it can be believed. */
  public record Answer<T>(List<T> found, Verification verification) {
    public Answer {
      found = List.copyOf(found);
    }
  }

  private static SignedCheckpoint checkpoint(TileSource source) {
    try {
      return SignedCheckpoint.parse(
          source
              .read("checkpoint")
              .orElseThrow(() -> new IllegalStateException("there is no log: no checkpoint")));
    } catch (IOException | IllegalArgumentException e) {
      throw new IllegalStateException("the log cannot be read: " + e.getMessage(), e);
    }
  }

  /** The changes of these names, as far as the log has them. */
  public Answer<Dossier> changes(List<String> names) {
    Set<String> wanted = new HashSet<>(names);
    List<Dossier> found = new ArrayList<>();
    Dossiers dossiers =
        new Dossiers(
            dossier -> {
              if (wanted.contains(dossier.change().value())) {
                found.add(dossier);
              }
            });
    Verification verification = AuditVerification.verify(source, options, dossiers);
    dossiers.finish();
    return new Answer<>(found, verification);
  }

  /** The changes that moved production in the population's period. */
  public Answer<Dossier> population(Population population) {
    Verification verification = AuditVerification.verify(source, options, population);
    return new Answer<>(population.changes(), verification);
  }

  /** How the server was run in the period of the acts, a row each. */
  public Answer<Map<String, String>> acts(Acts acts) {
    Verification verification = AuditVerification.verify(source, options, acts);
    return new Answer<>(acts.rows(), verification);
  }

  /** The bundle of evidence on a change, as of the checkpoint that the log had at first. */
  public EvidenceBundle prove(Dossier dossier) {
    return new Prover(source, checkpoint, evidence, key).prove(dossier);
  }
}
