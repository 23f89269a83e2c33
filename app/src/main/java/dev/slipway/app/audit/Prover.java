package dev.slipway.app.audit;

import dev.slipway.app.json.Json;
import dev.slipway.change.Digest;
import dev.slipway.ledger.Blobs;
import dev.slipway.ledger.Checkpoint;
import dev.slipway.ledger.Hash;
import dev.slipway.ledger.LogKey;
import dev.slipway.ledger.LogProof;
import dev.slipway.ledger.LogReader;
import dev.slipway.ledger.SignedCheckpoint;
import dev.slipway.ledger.TileSource;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import tools.jackson.databind.node.ObjectNode;

/**
 * Writes bundles of evidence: everything that the log and its content say of one change, so that
 * somebody with nothing but the log's public key can check it.
 *
 * <pre>
 * bundle.json                     what it is about
 * checkpoint                      of the log, signed
 * entries/N.json                  the change's entries, byte by byte
 * proofs/N.tlog-proof             that entry N is in the log (C2SP tlog-proof)
 * blobs/DIGEST                    reports, transcripts, records too long for an entry
 * attestations/NAME.intoto.json   what they say as in-toto statements; .dsse.json: signed
 * index.html                      the same for people
 * </pre>
 */
public final class Prover {
  static final String PAGE = "index.html";

  private final TileSource source;
  private final SignedCheckpoint checkpoint;
  private final LogReader log;
  private final Function<Digest, Optional<byte[]>> evidence;
  private final Optional<LogKey> key;

  /**
   * @param evidence where reports name content that is not beside the log
   * @param key signs the statements; without it they are unsigned
   */
  public Prover(
      TileSource source,
      SignedCheckpoint checkpoint,
      Function<Digest, Optional<byte[]>> evidence,
      Optional<LogKey> key) {
    this.source = source;
    this.checkpoint = checkpoint;
    this.log = new LogReader(source, checkpoint.checkpoint().size());
    this.evidence = evidence;
    this.key = key;
  }

  /** The bundle of a change. What was erased is left out, and the page says so. */
  public EvidenceBundle prove(Dossier whole) {
    Dossier dossier = whole.asOf(log.size());
    SortedMap<String, byte[]> files = new TreeMap<>();
    files.put("checkpoint", checkpoint.note().format());
    dossier.lines().forEach(line -> entry(line, files));
    String origin = checkpoint.checkpoint().origin();
    Statements.of(dossier, origin).forEach((name, payload) -> statement(name, payload, files));
    files.put("bundle.json", about(dossier, origin));
    files.put(PAGE, page(dossier, checkpoint.checkpoint()));
    return new EvidenceBundle(files);
  }

  private void entry(Dossier.Line line, SortedMap<String, byte[]> files) {
    byte[] entry = log.entry(line.index());
    files.put("entries/" + line.index() + ".json", entry);
    files.put(
        "proofs/" + line.index() + ".tlog-proof",
        new LogProof(log.inclusion(line.index()), checkpoint).format());
    new CanonicalCodec().referred(entry).ifPresent(digest -> blob(digest, files));
    line.record().evidence().values().stream()
        .flatMap(text -> Evidence.digest(text).stream())
        .forEach(digest -> blob(digest, files));
  }

  private void blob(Digest digest, SortedMap<String, byte[]> files) {
    Blobs.get(source, Hash.ofHex(digest.hex()))
        .or(() -> evidence.apply(digest))
        .ifPresent(content -> files.put("blobs/" + digest.hex(), content));
  }

  private void statement(String name, byte[] payload, SortedMap<String, byte[]> files) {
    if (key.isEmpty()) {
      files.put("attestations/" + name + ".intoto.json", payload);
      return;
    }
    files.put(
        "attestations/" + name + ".dsse.json",
        Statements.envelope(
            payload,
            key.get().verifier().text(),
            key.get().signStatement(Statements.TYPE, payload)));
  }

  /** The page for people: it says what the entries say. */
  static byte[] page(Dossier dossier, Checkpoint checkpoint) {
    return BundlePage.of(dossier, checkpoint).getBytes(StandardCharsets.UTF_8);
  }

  /** What the bundle is about. */
  static byte[] about(Dossier dossier, String origin) {
    ObjectNode about = Json.mapper().createObjectNode();
    about.put("format", "slipway-evidence-1");
    about.put("change", dossier.change().value());
    about.put("log", origin);
    return CanonicalCodec.canonical(about.toString());
  }
}
