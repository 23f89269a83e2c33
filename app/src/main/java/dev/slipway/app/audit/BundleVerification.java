package dev.slipway.app.audit;

import dev.slipway.app.json.Json;
import dev.slipway.audit.AuditRecord;
import dev.slipway.audit.AuditRecord.OfChange;
import dev.slipway.audit.Meaning;
import dev.slipway.change.ChangeId;
import dev.slipway.change.Digest;
import dev.slipway.change.Printable;
import dev.slipway.ledger.InclusionProof;
import dev.slipway.ledger.LogProof;
import dev.slipway.ledger.SignedCheckpoint;
import dev.slipway.ledger.TileSource;
import dev.slipway.ledger.TrustedKeys;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * Checks a bundle of evidence offline, with nothing but the log's public keys. What entries a
 * bundle leaves out it cannot tell; that a move lacks its decision or its approval, it does.
 */
public final class BundleVerification {
  /**
   * What was found.
   *
   * @param change which change the bundle is about; empty if it does not say
   * @param entries how many of its entries are proven to be in the log
   * @param missing digests of content that is not in the bundle: erased, or left out
   * @param problems what is wrong; empty if nothing is
   */
  public record Found(String change, int entries, List<String> missing, List<String> problems) {
    public Found {
      missing = List.copyOf(missing);
      problems = List.copyOf(problems);
    }

    public boolean ok() {
      return problems.isEmpty();
    }
  }

  private static final int PROBLEMS_MAX = 1000;

  private final EvidenceBundle bundle;
  private final TrustedKeys trusted;
  private final List<String> problems = new ArrayList<>();
  private final List<String> missing = new ArrayList<>();

  private BundleVerification(EvidenceBundle bundle, TrustedKeys trusted) {
    this.bundle = bundle;
    this.trusted = trusted;
  }

  /**
   * Checks the bundle.
   *
   * @param trusted at least one key of the log
   */
  public static Found check(EvidenceBundle bundle, TrustedKeys trusted) {
    return new BundleVerification(bundle, trusted).run();
  }

  private Found run() {
    Optional<ChangeId> change = change();
    if (change.isEmpty()) {
      problem("bundle.json does not say which change this is about");
      return new Found("", 0, missing, problems);
    }
    Optional<SignedCheckpoint> checkpoint = checkpoint();
    if (checkpoint.isEmpty()) {
      return new Found(change.get().value(), 0, missing, problems);
    }
    checkNames();
    Dossier dossier = new Dossier(change.get());
    Meaning meaning = new Meaning((index, message) -> problem("entry " + index + ": " + message));
    EntryReader reader = new EntryReader(blobs());
    for (long index : indexes()) {
      read(index, checkpoint.get(), reader)
          .ifPresent(record -> take(index, record, dossier, meaning));
    }
    if (dossier.lines().isEmpty()) {
      problem("there are no proven entries of " + change.get() + " in it");
    }
    dossier.all(OfChange.class).forEach(this::checkEvidence);
    String origin = checkpoint.get().checkpoint().origin();
    checkStatements(dossier, origin);
    checkSame("bundle.json", Prover.about(dossier, origin));
    if (bundle.file(Prover.PAGE).isPresent()) {
      checkSame(Prover.PAGE, Prover.page(dossier, checkpoint.get().checkpoint()));
    }
    return new Found(change.get().value(), dossier.lines().size(), missing, problems);
  }

  private void problem(String message) {
    if (problems.size() < PROBLEMS_MAX) {
      problems.add(Printable.of(message));
    }
  }

  private Optional<ChangeId> change() {
    try {
      JsonNode about = Json.mapper().readTree(bundle.file("bundle.json").orElse(new byte[0]));
      return about.path("format").asString("").equals("slipway-evidence-1")
          ? Optional.of(new ChangeId(about.path("change").asString("")))
          : Optional.empty();
    } catch (JacksonException | IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /**
   * The one state of the log that everything in the bundle is of: two could be of two histories.
   */
  private Optional<SignedCheckpoint> checkpoint() {
    try {
      SignedCheckpoint checkpoint =
          SignedCheckpoint.parse(bundle.file("checkpoint").orElse(new byte[0]));
      Optional<String> objection = trusted.objection(checkpoint);
      objection.ifPresent(this::problem);
      return objection.isPresent() ? Optional.empty() : Optional.of(checkpoint);
    } catch (IllegalArgumentException e) {
      problem("its checkpoint is missing or malformed: " + e.getMessage());
      return Optional.empty();
    }
  }

  /** What follows from the proven entries can say nothing else than they do. */
  private void checkSame(String path, byte[] expected) {
    if (!bundle.file(path).filter(it -> Arrays.equals(it, expected)).isPresent()) {
      problem(path + " does not say what the entries say");
    }
  }

  /** What nothing vouches for has no place beside what is proven. */
  private void checkNames() {
    for (String path : bundle.files().keySet()) {
      boolean known =
          path.matches(
              "bundle\\.json|checkpoint|index\\.html|entries/[0-9]{1,18}\\.json"
                  + "|proofs/[0-9]{1,18}\\.tlog-proof|blobs/[0-9a-f]{64}"
                  + "|attestations/[a-z-]{1,50}\\.(dsse|intoto)\\.json");
      if (!known) {
        problem(path + " is no part of a bundle");
      }
    }
    for (String path : bundle.in("blobs")) {
      String digest = path.substring("blobs/".length());
      if (bundle.file(path).filter(it -> Digest.of(it).hex().equals(digest)).isEmpty()) {
        problem(path + " does not have the content that its name says");
      }
    }
  }

  private List<Long> indexes() {
    return bundle.in("entries").stream()
        .map(path -> path.replaceAll("\\D", ""))
        .filter(digits -> digits.matches("[0-9]{1,18}"))
        .map(Long::valueOf)
        .sorted(Comparator.naturalOrder())
        .toList();
  }

  private TileSource blobs() {
    return path -> bundle.file("blobs/" + path.substring(path.lastIndexOf('/') + 1));
  }

  private Optional<AuditRecord> read(long index, SignedCheckpoint checkpoint, EntryReader reader) {
    byte[] entry = bundle.files().get("entries/" + index + ".json");
    Optional<byte[]> proof = bundle.file("proofs/" + index + ".tlog-proof");
    if (entry == null || proof.isEmpty()) {
      problem("entry " + index + " has no proof");
      return Optional.empty();
    }
    try {
      LogProof parsed = LogProof.parse(proof.get());
      if (parsed.inclusion().index() != index || !parsed.verifies(entry, trusted)) {
        problem("entry " + index + " is not proven to be in a log of a trusted key");
        return Optional.empty();
      }
      if (!isPlain(parsed.inclusion(), checkpoint, proof.get())) {
        problem("the proof of entry " + index + " is for another checkpoint, or says more");
        return Optional.empty();
      }
    } catch (IllegalArgumentException e) {
      problem("the proof of entry " + index + " is malformed: " + e.getMessage());
      return Optional.empty();
    }
    return switch (reader.read(entry)) {
      case EntryReader.Entry.Sound sound -> Optional.of(sound.record());
      case EntryReader.Entry.Unsound unsound -> {
        problem("entry " + index + ": " + unsound.flaw());
        yield Optional.empty();
      }
    };
  }

  /** Whether the proof is what this log writes of the bundle's checkpoint, and nothing else. */
  private static boolean isPlain(
      InclusionProof inclusion, SignedCheckpoint checkpoint, byte[] proof) {
    return inclusion.size() == checkpoint.checkpoint().size()
        && Arrays.equals(new LogProof(inclusion, checkpoint).format(), proof);
  }

  private void take(long index, AuditRecord record, Dossier dossier, Meaning meaning) {
    if (record instanceof OfChange ofChange && ofChange.change().equals(dossier.change())) {
      dossier.add(index, ofChange);
      meaning.take(index, record);
    } else {
      problem("entry " + index + " is not about " + dossier.change());
    }
  }

  private void checkEvidence(OfChange record) {
    for (Map.Entry<String, String> named : record.evidence().entrySet()) {
      Optional<Digest> digest = Evidence.digest(named.getValue());
      if (digest.isPresent() && bundle.file("blobs/" + digest.get().hex()).isEmpty()) {
        missing.add(Printable.of(named.getKey()) + " " + digest.get());
      }
    }
  }

  /** Statements are worked out again from the proven entries, and none may be left out. */
  private void checkStatements(Dossier dossier, String origin) {
    Map<String, byte[]> expected = Statements.of(dossier, origin);
    Set<String> missing = new TreeSet<>(expected.keySet());
    for (String path : bundle.in("attestations")) {
      String name = path.substring("attestations/".length()).replaceAll("\\.(dsse|intoto).*", "");
      byte[] own = expected.get(name);
      missing.remove(name);
      if (own == null) {
        problem(path + " is no statement that the entries make");
      } else if (path.endsWith(".dsse.json")) {
        checkSigned(path, own);
      } else {
        checkSame(path, own);
      }
    }
    missing.forEach(name -> problem("the attestation " + name + " is missing"));
  }

  /** The envelope has to be the one that a trusted key makes of the payload, byte by byte. */
  private void checkSigned(String path, byte[] payload) {
    byte[] envelope = bundle.file(path).orElseThrow();
    try {
      JsonNode node = Json.mapper().readTree(envelope);
      byte[] signature =
          Base64.getDecoder().decode(node.path("signatures").path(0).path("sig").asString(""));
      boolean signed =
          trusted.log().stream()
              .filter(it -> it.verifiesStatement(Statements.TYPE, payload, signature))
              .map(it -> Statements.envelope(payload, it.text(), signature))
              .anyMatch(own -> Arrays.equals(own, envelope));
      if (!signed) {
        problem(path + " is not what the entries say, signed by a trusted key");
      }
    } catch (JacksonException | IllegalArgumentException e) {
      problem(path + " is no DSSE envelope");
    }
  }
}
