package dev.slipway.app;

import dev.slipway.app.json.Json;
import dev.slipway.app.store.DatabaseDump;
import dev.slipway.ledger.SignedCheckpoint;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import javax.sql.DataSource;
import tools.jackson.databind.node.ObjectNode;

/**
 * Writes what must not be lost into one zip file, also while the control plane works: the database
 * as of one moment, then the audit log, which is therefore never the older of the two.
 *
 * <p>Left out: the key of the log ({@code audit.key}), which has to be kept apart from the log; the
 * artifacts; and what belongs to this machine (edge, processes, working directories).
 */
public final class Backup {
  static final String FORMAT = "slipway-backup-1";
  static final String ABOUT = "backup.json";
  static final String TABLES = "database/";
  static final String LOG = "audit/";
  private static final List<String> LOG_FOLDERS = List.of("tile", "blobs");

  private final Path audit;
  private final DatabaseDump database;

  /**
   * @param home with the audit log
   */
  public Backup(Path home, DataSource database) {
    this.audit = home.resolve("audit");
    this.database = new DatabaseDump(database);
  }

  /** Writes the zip file. */
  public void write(OutputStream out, Instant now) throws IOException {
    ZipOutputStream zip = new ZipOutputStream(out, StandardCharsets.UTF_8);
    String version = database.version();
    database.write(
        table -> {
          zip.putNextEntry(new ZipEntry(TABLES + table + ".rows"));
          return new EntryStream(zip);
        });
    // The checkpoint first: every file it needs is there, and stays.
    byte[] checkpoint = Files.readAllBytes(audit.resolve("checkpoint"));
    put(zip, LOG + "checkpoint", checkpoint);
    put(zip, LOG + "verifiers", Files.readAllBytes(audit.resolve("verifiers")));
    for (String folder : LOG_FOLDERS) {
      copy(audit.resolve(folder), zip);
    }
    put(zip, ABOUT, about(version, checkpoint, now));
    zip.finish();
  }

  private void copy(Path folder, ZipOutputStream zip) throws IOException {
    if (!Files.isDirectory(folder)) {
      return;
    }
    try (Stream<Path> paths = Files.walk(folder)) {
      for (Path path : (Iterable<Path>) paths.sorted()::iterator) {
        if (Files.isRegularFile(path) && !path.toString().endsWith(".part")) {
          put(zip, LOG + audit.relativize(path), Files.readAllBytes(path));
        }
      }
    }
  }

  private static void put(ZipOutputStream zip, String name, byte[] content) throws IOException {
    zip.putNextEntry(new ZipEntry(name));
    zip.write(content);
    zip.closeEntry();
  }

  private static byte[] about(String tables, byte[] checkpoint, Instant now) {
    SignedCheckpoint signed = SignedCheckpoint.parse(checkpoint);
    ObjectNode about = Json.mapper().createObjectNode();
    about.put("format", FORMAT);
    about.put("version", Version.text());
    about.put("tables", tables);
    about.put("log", signed.checkpoint().origin());
    about.put("entries", signed.checkpoint().size());
    about.put("root", signed.checkpoint().root().hex());
    about.put("at", now.toString());
    return (about + "\n").getBytes(StandardCharsets.UTF_8);
  }

  /** Ends the entry where a stream would end the file. */
  private static final class EntryStream extends FilterOutputStream {
    private final ZipOutputStream zip;

    private EntryStream(ZipOutputStream zip) {
      super(zip);
      this.zip = zip;
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      zip.write(bytes, offset, length);
    }

    @Override
    public void close() throws IOException {
      zip.closeEntry();
    }
  }
}
