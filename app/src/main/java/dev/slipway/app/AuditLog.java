package dev.slipway.app;

import dev.slipway.app.audit.AuditVerification;
import dev.slipway.app.audit.CanonicalCodec;
import dev.slipway.app.audit.GitAnchor;
import dev.slipway.app.audit.Reconciliation;
import dev.slipway.app.config.ServerConfig;
import dev.slipway.audit.AuditRecord;
import dev.slipway.audit.AuditTrail;
import dev.slipway.change.Digest;
import dev.slipway.change.Person;
import dev.slipway.change.Slot;
import dev.slipway.ledger.Hash;
import dev.slipway.ledger.HttpWitness;
import dev.slipway.ledger.KeyConflict;
import dev.slipway.ledger.KeyFile;
import dev.slipway.ledger.Ledger;
import dev.slipway.ledger.LedgerOptions;
import dev.slipway.ledger.LogKey;
import dev.slipway.ledger.TileSource;
import dev.slipway.ledger.TrustedKeys;
import dev.slipway.ledger.Verification;
import dev.slipway.ledger.Verifier;
import dev.slipway.ledger.VerifyOptions;
import dev.slipway.ledger.Witness;
import dev.slipway.target.Serving;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The audit log of a home, open for writing, with everybody who watches it. */
public final class AuditLog implements AutoCloseable {
  /** The log's name, which its checkpoints carry. */
  public static final String ORIGIN = "slipway";

  private static final Logger LOG = LoggerFactory.getLogger(AuditLog.class);

  private final Ledger ledger;
  private final AuditTrail trail;
  private final List<LogKey> keys;
  private final List<Witness> outside;
  private final Clock clock;

  private AuditLog(Ledger ledger, List<LogKey> keys, List<Witness> outside, Clock clock) {
    this.ledger = ledger;
    this.trail = new AuditTrail(ledger, new CanonicalCodec());
    this.keys = keys;
    this.outside = outside;
    this.clock = clock;
  }

  /**
   * Opens the log. An older one than {@code memory}, a witness or the anchor has seen is refused.
   *
   * @param memory remembers the newest checkpoint on this machine
   * @throws IllegalStateException in production mode, if nobody outside sees the log grow
   * @throws dev.slipway.ledger.LedgerException if it cannot be opened
   */
  static AuditLog open(Path home, ServerConfig config, Witness memory, Clock clock) {
    if (config.mode() == ServerConfig.Mode.PRODUCTION && !config.audit().isSeen()) {
      throw new IllegalStateException(
          "in production mode somebody else has to see the audit log grow: configure"
              + " audit.witnesses or audit.anchor in "
              + home.resolve("slipway.yml")
              + ", or set mode: development");
    }
    List<Witness> outside = outside(home, config.audit(), clock);
    List<Witness> all = new ArrayList<>(outside);
    all.add(memory);
    List<LogKey> keys = KeyFile.openOrCreate(home.resolve("audit.key"), ORIGIN);
    Ledger ledger =
        Ledger.open(home.resolve("audit"), LedgerOptions.signedBy(keys).withWitnesses(all));
    return new AuditLog(ledger, keys, outside, clock);
  }

  private static List<Witness> outside(Path home, ServerConfig.Audit audit, Clock clock) {
    List<Witness> outside = new ArrayList<>();
    audit
        .witnesses()
        .forEach(
            it -> outside.add(new HttpWitness(URI.create(it.url()), Verifier.parse(it.key()))));
    audit
        .anchor()
        .ifPresent(
            it ->
                outside.add(
                    new GitAnchor(home.resolve("anchor"), it.repository(), it.branch(), clock)));
    return outside;
  }

  /** Records the start, and what is in force from here on. */
  void started(ServerConfig config, String sandbox) {
    Digest configuration = Digest.of(config.toString().getBytes(StandardCharsets.UTF_8));
    trail.append(
        new AuditRecord.Started(
            Version.text(),
            keys.stream().map(key -> key.verifier().text()).toList(),
            outside.stream().map(Witness::name).toList(),
            configuration.toString(),
            config.ceilings(),
            sandbox,
            ledger.size(),
            clock.instant()));
  }

  /** Where records are appended. */
  public AuditTrail trail() {
    return trail;
  }

  /** Keeps content beside the log; records name it by its digest. */
  public Digest keep(byte[] content) {
    return new Digest(ledger.blobs().put(content).hex());
  }

  /** The files of the log, as they are served. */
  public TileSource files() {
    return ledger.files();
  }

  /** How many entries it has. */
  public long size() {
    return ledger.size();
  }

  /** Signs everything appended so far. */
  public void publish() {
    ledger.publish();
  }

  /** Which witnesses or anchors the latest checkpoint lacks, and why; empty if none. */
  public List<String> unseen() {
    return ledger.witnessProblems();
  }

  /**
   * Compares the log with what runs and with the base branches; what is new of it is recorded.
   *
   * @throws IllegalStateException if the log does not verify, so that it says nothing
   */
  public List<AuditRecord.Discrepancy> reconcile(Function<Slot, Optional<Serving>> serving) {
    ledger.publish();
    Reconciliation reconciliation = new Reconciliation();
    Verification verification =
        AuditVerification.verify(
            files(), VerifyOptions.trusting(TrustedKeys.none()), reconciliation);
    if (!verification.ok()) {
      throw new IllegalStateException("the log does not verify; see slipway audit verify");
    }
    List<AuditRecord.Discrepancy> found = reconciliation.discrepancies(serving, clock.instant());
    found.forEach(this::recordOnce);
    return found;
  }

  /** A discrepancy that was found before stands as it was found first. */
  private void recordOnce(AuditRecord.Discrepancy discrepancy) {
    try {
      trail.append(discrepancy);
    } catch (KeyConflict before) {
      LOG.info("Found again: {}", discrepancy);
    }
  }

  /**
   * Erases evidence that reports name, after recording that; their entries still name its digest.
   *
   * @param elsewhere erases what is not kept beside the log
   * @throws IllegalArgumentException if no report names it: nothing else may be erased
   */
  public void erase(Digest digest, String reason, Person by, Consumer<Digest> elsewhere) {
    requireEvidence(digest);
    trail.append(new AuditRecord.Erased(digest, reason, by, clock.instant()));
    ledger.blobs().erase(Hash.ofHex(digest.hex()));
    elsewhere.accept(digest);
  }

  private void requireEvidence(Digest digest) {
    ledger.publish();
    AtomicBoolean named = new AtomicBoolean();
    AuditVerification.verify(
        files(),
        VerifyOptions.trusting(TrustedKeys.none()),
        (index, record) -> {
          if (record instanceof AuditRecord.AgentReport report
              && report.report().evidence().values().stream()
                  .anyMatch(it -> it.endsWith(digest.hex()))) {
            named.set(true);
          }
        });
    if (!named.get()) {
      throw new IllegalArgumentException("no report names " + digest + " as its evidence");
    }
  }

  @Override
  public void close() {
    ledger.close();
  }
}
