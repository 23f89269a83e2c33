package dev.slipway.app;

import dev.slipway.app.audit.CanonicalCodec;
import dev.slipway.app.config.ServerConfig;
import dev.slipway.app.json.Json;
import dev.slipway.app.store.Database;
import dev.slipway.app.store.DatabaseDump;
import dev.slipway.app.store.StoredCheckpoints;
import dev.slipway.audit.AuditRecord;
import dev.slipway.change.Person;
import dev.slipway.ledger.Checkpoint;
import dev.slipway.ledger.Ledger;
import dev.slipway.ledger.LogReader;
import dev.slipway.ledger.LogVerifier;
import dev.slipway.ledger.SignedCheckpoint;
import dev.slipway.ledger.TileSource;
import dev.slipway.ledger.TrustedKeys;
import dev.slipway.ledger.Verification;
import dev.slipway.ledger.VerifyOptions;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Comparator;
import java.util.Enumeration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import tools.jackson.databind.JsonNode;

/**
 * Puts a {@link Backup} in the place of a home's database and audit log, while no control plane
 * runs. The log has to verify, and to hold everything that the home, its database, a witness or the
 * anchor has seen: an older log would lose records. What was there before is kept beside.
 */
public final class Restore {
  private static final String FILES =
      "(checkpoint|verifiers|tile/[0-9a-z/.]{1,200}|blobs/[0-9a-f]{2}/[0-9a-f]{64})";

  /** A backup that cannot be restored, and why. */
  public static final class Refused extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Refused(String why) {
      super(why);
    }
  }

  private final Path home;
  private final ServerConfig config;
  private final Clock clock;

  public Restore(Path home, ServerConfig config, Clock clock) {
    this.home = home;
    this.config = config;
    this.clock = clock;
  }

  /**
   * Restores the backup, on record.
   *
   * @return how many entries the log has
   * @throws Refused if it may not be restored; then nothing has changed
   */
  public long from(Path file, Person by) throws IOException {
    if (!Files.exists(home.resolve("audit.key"))) {
      throw new Refused(
          home.resolve("audit.key")
              + " is missing: the log's key is not in the backup; put it there from where you"
              + " keep it");
    }
    try (ZipFile zip = new ZipFile(file.toFile());
        Database database = Database.open(ControlPlane.store(home, config))) {
      JsonNode about = about(zip);
      DatabaseDump dump = new DatabaseDump(database.dataSource());
      if (!dump.version().equals(about.path("tables").asString(""))) {
        throw new Refused(
            "the backup was written by Slipway "
                + about.path("version").asString("?")
                + " with tables of version "
                + about.path("tables").asString("?")
                + "; this one has "
                + dump.version()
                + ": restore it with that Slipway, then upgrade");
      }
      StoredCheckpoints memory = new StoredCheckpoints(database.dataSource());
      Path fresh = unpacked(zip);
      try {
        requireNotOlder(fresh, memory);
        Ledger.adopt(fresh, CanonicalCodec::keyOf);
        readIn(zip, dump);
        replaceLog(fresh);
      } finally {
        delete(fresh);
      }
      return recorded(memory, about, by);
    }
  }

  private static JsonNode about(ZipFile zip) throws IOException {
    ZipEntry entry = zip.getEntry(Backup.ABOUT);
    if (entry == null) {
      throw new Refused("this is no backup of Slipway's: there is no " + Backup.ABOUT + " in it");
    }
    try (InputStream in = zip.getInputStream(entry)) {
      JsonNode about = Json.mapper().readTree(in.readNBytes(1 << 16));
      if (!about.path("format").asString("").equals(Backup.FORMAT)) {
        throw new Refused("this backup is of a form that this Slipway does not know");
      }
      return about;
    }
  }

  /** The log of the backup, in a directory of its own. */
  private Path unpacked(ZipFile zip) throws IOException {
    Path fresh = Files.createTempDirectory(home, "restoring-");
    Enumeration<? extends ZipEntry> entries = zip.entries();
    while (entries.hasMoreElements()) {
      ZipEntry entry = entries.nextElement();
      String name = entry.getName();
      if (name.startsWith(Backup.LOG) && !name.contains("..")) {
        String path = name.substring(Backup.LOG.length());
        if (!path.matches(FILES)) {
          throw new Refused("a file in it has no place in a log");
        }
        Path target = fresh.resolve(path);
        Files.createDirectories(target.getParent());
        try (InputStream in = zip.getInputStream(entry)) {
          Files.copy(in, target);
        }
      }
    }
    return fresh;
  }

  private void requireNotOlder(Path fresh, StoredCheckpoints memory) throws IOException {
    Verification verification =
        LogVerifier.verify(TileSource.directory(fresh), VerifyOptions.trusting(TrustedKeys.none()));
    if (!verification.ok()) {
      throw new Refused("the log in the backup does not verify: " + verification.problems());
    }
    LogReader log = new LogReader(TileSource.directory(fresh), verification.size());
    requireExtends(log, memory.lastSeen(AuditLog.ORIGIN), "the database");
    requireExtends(log, present(), "the log that is here");
  }

  private Optional<Checkpoint> present() throws IOException {
    Path file = home.resolve("audit/checkpoint");
    return Files.exists(file)
        ? Optional.of(SignedCheckpoint.parse(Files.readAllBytes(file)).checkpoint())
        : Optional.empty();
  }

  private static void requireExtends(LogReader log, Optional<Checkpoint> seen, String who) {
    if (seen.isPresent()
        && (seen.get().size() > log.size()
            || !log.asOf(seen.get().size()).root().equals(seen.get().root()))) {
      throw new Refused(
          "the log in the backup has %d entries, and %s has seen %d that it does not extend: records would be lost"
              .formatted(log.size(), who, seen.get().size()));
    }
  }

  private static void readIn(ZipFile zip, DatabaseDump dump) throws IOException {
    Map<String, InputStream> tables = new HashMap<>();
    try {
      Enumeration<? extends ZipEntry> entries = zip.entries();
      while (entries.hasMoreElements()) {
        ZipEntry entry = entries.nextElement();
        if (entry.getName().matches(Backup.TABLES + "[a-z_]{1,63}\\.rows")) {
          String table =
              entry.getName().substring(Backup.TABLES.length()).replaceAll("\\.rows$", "");
          tables.put(table, zip.getInputStream(entry));
        }
      }
      dump.replace(tables);
    } finally {
      for (InputStream table : tables.values()) {
        table.close();
      }
    }
  }

  private void replaceLog(Path fresh) throws IOException {
    Path log = home.resolve("audit");
    if (Files.exists(log)) {
      Files.move(log, home.resolve("audit.before-" + clock.instant().toEpochMilli()));
    }
    Files.move(fresh, log);
  }

  /** Opening it asks the witnesses and the anchor, who refuse an older log than they have seen. */
  private long recorded(StoredCheckpoints memory, JsonNode about, Person by) {
    try (AuditLog log = AuditLog.open(home, config, memory, clock)) {
      log.trail()
          .append(
              new AuditRecord.Administered(
                  AuditRecord.Administration.RESTORE,
                  "audit log and database",
                  "from a backup of " + about.path("at").asString("?"),
                  by,
                  clock.instant()));
      log.publish();
      return log.size();
    }
  }

  private static void delete(Path directory) throws IOException {
    if (!Files.exists(directory)) {
      return;
    }
    try (Stream<Path> paths = Files.walk(directory)) {
      for (Path path : (Iterable<Path>) paths.sorted(Comparator.reverseOrder())::iterator) {
        Files.delete(path);
      }
    }
  }
}
