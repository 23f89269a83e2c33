package dev.slipway.app;

import dev.slipway.app.audit.AuditVerification;
import dev.slipway.app.audit.CanonicalCodec;
import dev.slipway.app.audit.GitAnchor;
import dev.slipway.app.audit.Reconciliation;
import dev.slipway.app.audit.Retention;
import dev.slipway.app.config.ServerConfig;
import dev.slipway.app.config.ServerConfigFile;
import dev.slipway.audit.AuditRecord;
import dev.slipway.audit.AuditRecord.Discrepancy;
import dev.slipway.audit.AuditTrail;
import dev.slipway.change.Digest;
import dev.slipway.change.FlagChange;
import dev.slipway.change.Person;
import dev.slipway.change.Slot;
import dev.slipway.evidence.EvidenceStore;
import dev.slipway.ledger.Blobs;
import dev.slipway.ledger.Hash;
import dev.slipway.ledger.HttpWitness;
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
import dev.slipway.notification.Notifier;
import dev.slipway.project.Freeze;
import dev.slipway.target.Serving;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** The audit log of a home, open for writing, with everybody who watches it. */
public final class AuditLog implements EvidenceStore, AutoCloseable {
  /** The log's name, which its checkpoints carry. */
  public static final String ORIGIN = "slipway";

  private static final String KEY_FILE = "audit.key";

  private static final Person SLIPWAY = new Person("slipway", Person.Kind.BOT);

  private final Path directory;
  private final Ledger ledger;
  private final AuditTrail trail;
  private final List<LogKey> keys;
  private final List<Witness> outside;
  private final int retentionYears;
  private final Clock clock;
  private Reconciliation reconciliation = new Reconciliation();

  private AuditLog(
      Path directory,
      Ledger ledger,
      List<LogKey> keys,
      List<Witness> outside,
      int retentionYears,
      Clock clock) {
    this.directory = directory;
    this.ledger = ledger;
    this.trail = new AuditTrail(ledger, new CanonicalCodec());
    this.keys = keys;
    this.outside = outside;
    this.retentionYears = retentionYears;
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
    List<LogKey> keys = KeyFile.openOrCreate(home.resolve(KEY_FILE), ORIGIN);
    Path directory = home.resolve("audit");
    Ledger ledger = Ledger.open(directory, LedgerOptions.signedBy(keys).withWitnesses(all));
    return new AuditLog(directory, ledger, keys, outside, config.audit().retentionYears(), clock);
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
    frozen(config.production().freezes());
  }

  /** Freezes bind everybody: what the server's file says of them is on record in words. */
  private void frozen(List<Freeze> freezes) {
    if (!freezes.isEmpty()) {
      trail.append(
          new AuditRecord.Administered(
              AuditRecord.Administration.FREEZE,
              "production",
              freezes.stream().map(Freeze::toString).collect(Collectors.joining("; ")),
              new Person(ServerConfigFile.NAME, Person.Kind.BOT),
              clock.instant()));
    }
  }

  /**
   * Records that a flag was switched.
   *
   * @throws dev.slipway.ledger.KeyConflict if something else was recorded under its id
   */
  void flagChanged(FlagChange change) {
    trail.append(new AuditRecord.FlagChanged(change));
  }

  /** Where records are appended. */
  public AuditTrail trail() {
    return trail;
  }

  /** Keeps content beside the log; records name it by its digest. */
  @Override
  public Digest keep(byte[] content) {
    return new Digest(ledger.blobs().put(content).hex());
  }

  /** The file in which content of this digest is kept, as long as it is. */
  Path place(Digest digest) {
    return directory.resolve(Blobs.path(Hash.ofHex(digest.hex())));
  }

  @Override
  public Optional<byte[]> find(Digest digest) {
    return ledger.blobs().get(Hash.ofHex(digest.hex()));
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
   * Compares the log with what runs and with the base branches. What is found for the first time on
   * a day is told and then recorded.
   *
   * @throws IllegalStateException if the log does not verify, so that it says nothing
   */
  public synchronized List<Discrepancy> reconcile(
      Function<Slot, Optional<Serving>> serving, Notifier notifier) {
    ledger.publish();
    Reconciliation known = reconciliation;
    reconciliation = new Reconciliation(); // what fails half-way is not gone on with
    known.catchUp(files(), ledger.latestCheckpoint().checkpoint().size());
    reconciliation = known;
    List<Discrepancy> found = known.discrepancies(serving, clock.instant());
    for (Discrepancy it : found) {
      if (!known.isRecorded(it)) {
        notifier.alarm(
            it.place() + " is not as recorded", "found " + it.found() + ": " + it.detail());
        trail.append(it);
        known.take(ledger.size(), it);
      }
    }
    return found;
  }

  /**
   * Erases evidence that records name, after recording that; their entries still name its digest.
   *
   * @param elsewhere erases what is not kept beside the log
   * @throws IllegalArgumentException if no record names it: nothing else may be erased
   */
  public void erase(Digest digest, String reason, Person by, Consumer<Digest> elsewhere) {
    requireEvidence(digest);
    eraseOnRecord(digest, reason, by, elsewhere);
  }

  private void eraseOnRecord(Digest digest, String reason, Person by, Consumer<Digest> elsewhere) {
    trail.append(new AuditRecord.Erased(digest, reason, by, clock.instant()));
    ledger.blobs().erase(Hash.ofHex(digest.hex()));
    elsewhere.accept(digest);
  }

  /**
   * Erases the evidence that was last named more years ago than it is kept, each with its record.
   * The log itself is never shortened.
   *
   * @param present whether there is content that is not kept beside the log
   * @param elsewhere erases what is not kept beside the log
   * @return what was erased
   * @throws IllegalStateException if the log does not verify
   */
  public List<Digest> eraseExpired(Predicate<Digest> present, Consumer<Digest> elsewhere) {
    Instant cutoff = clock.instant().atZone(ZoneOffset.UTC).minusYears(retentionYears).toInstant();
    if (!beganBefore(cutoff)) {
      return List.of();
    }
    ledger.publish();
    Retention retention =
        new Retention(cutoff, it -> present.test(it) || ledger.blobs().has(Hash.ofHex(it.hex())));
    Verification verification =
        AuditVerification.verify(files(), VerifyOptions.trusting(TrustedKeys.none()), retention);
    if (!verification.ok()) {
      throw new IllegalStateException("the log does not verify; see slipway audit verify");
    }
    String reason = "kept for " + retentionYears + " years";
    retention.expired().forEach(it -> eraseOnRecord(it, reason, SLIPWAY, elsewhere));
    return retention.expired();
  }

  private boolean beganBefore(Instant cutoff) {
    return ledger.size() > 0
        && Retention.at(new CanonicalCodec().decode(ledger.entry(0)))
            .filter(at -> at.isBefore(cutoff))
            .isPresent();
  }

  /**
   * Adds a key to a home's key file, on record. It signs beside the others from the next start on.
   *
   * @throws dev.slipway.ledger.LogLocked if a control plane has the log open
   */
  public static void rotateKey(Path home, Person by, Clock clock) {
    Path file = home.resolve(KEY_FILE);
    List<LogKey> keys = KeyFile.openOrCreate(file, ORIGIN);
    try (Ledger ledger = Ledger.open(home.resolve("audit"), LedgerOptions.signedBy(keys))) {
      LogKey added = KeyFile.rotate(file);
      new AuditTrail(ledger, new CanonicalCodec())
          .append(
              new AuditRecord.Administered(
                  AuditRecord.Administration.KEY,
                  added.verifier().text(),
                  "signs beside " + keys.size() + " older from the next start on",
                  by,
                  clock.instant()));
    }
  }

  private void requireEvidence(Digest digest) {
    ledger.publish();
    AtomicBoolean named = new AtomicBoolean();
    AuditVerification.verify(
        files(),
        VerifyOptions.trusting(TrustedKeys.none()),
        (index, record) -> {
          if (record instanceof AuditRecord.OfChange ofChange
              && ofChange.evidence().values().stream().anyMatch(it -> it.endsWith(digest.hex()))) {
            named.set(true);
          }
        });
    if (!named.get()) {
      throw new IllegalArgumentException("no record names " + digest + " as its evidence");
    }
  }

  @Override
  public void close() {
    ledger.close();
  }
}
