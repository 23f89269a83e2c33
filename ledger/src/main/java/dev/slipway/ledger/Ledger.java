package dev.slipway.ledger;

import dev.slipway.ledger.Intake.Outcome;
import dev.slipway.ledger.Intake.Request;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;

/**
 * An append-only transparency log of bytes with one writer, in a directory that can be served as it
 * is (C2SP tlog-tiles). Safe for use by any number of threads, virtual ones included.
 *
 * <p>An append is durable when it returns. A signed checkpoint covers it within {@link
 * LedgerOptions#checkpointEvery}, and {@link #publish} waits for that.
 */
public final class Ledger implements AutoCloseable {
  /** The longest entry, bound by the two length bytes of an entry bundle. */
  public static final int MAX_ENTRY_BYTES = 65_535;

  private final Path directory;
  private final LogLock lock;
  private final Blobs blobs;
  private final Recovery.Opened opened;
  private final Intake intake = new Intake();
  private final Tail tail;
  private final Sequencer sequencer;
  private final CompletableFuture<Void> writerDone = new CompletableFuture<>();
  private final CompletableFuture<Void> publisherDone = new CompletableFuture<>();
  private final AtomicBoolean closed = new AtomicBoolean();

  private Ledger(
      Path directory, LedgerOptions options, Disk disk, LogLock lock, Recovery.Opened opened) {
    this.directory = directory;
    this.lock = lock;
    this.blobs = new Blobs(disk, directory);
    this.opened = opened;
    this.tail = new Tail(opened.checkpoint(), options.checkpointEvery().toNanos());
    this.sequencer =
        new Sequencer(opened.keys(), opened.journal(), tail, TileSource.directory(directory));
  }

  /**
   * Opens the log in the directory for writing, creating it if there is none. Entries that a crash
   * left in the journal only are published before this returns.
   *
   * @throws LogLocked if another writer has it open
   * @throws LogDamaged if a file is not what was written; the torn end of a crash is no damage
   * @throws LedgerException if the directory cannot be used, or is another log's
   */
  public static Ledger open(Path directory, LedgerOptions options) {
    return open(directory, options, Disk.real());
  }

  static Ledger open(Path directory, LedgerOptions options, Disk disk) {
    try {
      disk.createDirectory(directory);
      LogLock lock = LogLock.take(directory);
      try {
        Recovery.Opened opened = new Recovery(disk, directory, options).open();
        Ledger ledger = new Ledger(directory, options, disk, lock, opened);
        ledger.start();
        return ledger;
      } catch (IOException | InterruptedException | RuntimeException e) {
        lock.close();
        throw e;
      }
    } catch (IOException e) {
      throw new LedgerException("cannot open the log in " + directory + ": " + e, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new LedgerException("interrupted while opening the log in " + directory, e);
    }
  }

  /**
   * Writes the file of keys anew if it was lost, for a caller whose entries tell their keys. The
   * log must not be open.
   *
   * @param keyOf the key under which an entry was appended
   * @throws LogLocked if a writer has the log open
   * @throws LedgerException if the log cannot be read or the file not be written
   */
  public static void rebuildKeys(Path directory, Function<byte[], String> keyOf) {
    try {
      LogLock lock = LogLock.take(directory);
      try (lock) {
        Recovery.rebuildKeys(Disk.real(), directory, entry -> hash(keyOf.apply(entry)));
      }
    } catch (IOException e) {
      throw new LedgerException("cannot rebuild the keys of the log in " + directory + ": " + e, e);
    }
  }

  /**
   * Makes a copy of a log's public files one that can be opened for writing: with the file of keys,
   * and a journal that begins where the checkpoint ends. The log must not be open.
   *
   * @param keyOf the key under which an entry was appended
   * @throws LogLocked if a writer has the log open
   * @throws LedgerException if the copy cannot be read or written, or has a journal already
   */
  public static void adopt(Path directory, Function<byte[], String> keyOf) {
    try {
      LogLock lock = LogLock.take(directory);
      try (lock) {
        Recovery.adopt(Disk.real(), directory, entry -> hash(keyOf.apply(entry)));
      }
    } catch (IOException e) {
      throw new LedgerException("cannot adopt the log in " + directory + ": " + e, e);
    }
  }

  /** The digest of a key. A lone surrogate has no bytes: two such keys would look the same. */
  private static Hash hash(String key) {
    if (!StandardCharsets.UTF_8.newEncoder().canEncode(key)) {
      throw new IllegalArgumentException(
          "the key '" + Printable.of(key) + "' is not valid Unicode");
    }
    return Hash.sha256(key.getBytes(StandardCharsets.UTF_8));
  }

  private void start() {
    Thread.ofPlatform().daemon().name("ledger-writer").start(() -> run(this::write, writerDone));
    Thread.ofPlatform()
        .daemon()
        .name("ledger-publisher")
        .start(() -> run(this::publishAsDue, publisherDone));
  }

  /**
   * Appends an entry under a key. Durable when this returns. The same key with the same bytes
   * returns where the first one stands; that survives restarts. Waits without heeding interrupts,
   * because the outcome must be known.
   *
   * @param key names the entry once and for all
   * @param entry at most {@link #MAX_ENTRY_BYTES}; outsiders see exactly these bytes
   * @throws KeyConflict if the key already names an entry with other bytes
   * @throws LogReadOnly if the log is closed or its storage failed
   * @throws IllegalArgumentException if the entry is too long, or the key is not valid Unicode
   */
  public Appended append(String key, byte[] entry) {
    if (entry.length > MAX_ENTRY_BYTES) {
      throw new IllegalArgumentException(
          "an entry has at most %d bytes, this one has %d; put it in blobs and log its digest"
              .formatted(MAX_ENTRY_BYTES, entry.length));
    }
    byte[] bytes = entry.clone();
    Request request = new Request(hash(key), Hash.leaf(bytes), bytes);
    intake.put(request);
    return switch (request.outcome.join()) {
      case Outcome.Stands(Appended at) -> at;
      case Outcome.Conflicts(long index) -> throw new KeyConflict(key, index);
      case Outcome.Refused(LogReadOnly why) -> throw why.again();
    };
  }

  /**
   * Signs everything appended so far, unless that is done already.
   *
   * @return the latest published checkpoint, which covers it
   * @throws LogReadOnly if publishing failed
   */
  public SignedCheckpoint publish() {
    return tail.awaitPublished();
  }

  /** The latest published checkpoint. */
  public SignedCheckpoint latestCheckpoint() {
    return tail.published();
  }

  /** Number of durable entries; the latest checkpoint may not cover the last of them yet. */
  public long size() {
    return tail.size();
  }

  /** What opening the log found. */
  public Recovered recovered() {
    return opened.recovered();
  }

  /**
   * The entry at an index, whether or not a checkpoint covers it yet.
   *
   * @throws IndexOutOfBoundsException if the log has no such entry
   * @throws LogDamaged if its bundle is missing or malformed
   */
  public byte[] entry(long index) {
    Optional<Sequenced> unpublished = tail.find(index);
    return unpublished.isPresent() ? unpublished.get().bytes.clone() : reader().entry(index);
  }

  /** Reads and proves what the latest checkpoint covers. */
  public LogReader reader() {
    return new LogReader(files(), tail.published().checkpoint().size());
  }

  /** Where the log's files are read from. */
  public TileSource files() {
    return TileSource.directory(directory);
  }

  /** Which witnesses the latest checkpoint lacks, and why; empty if none. */
  public List<String> witnessProblems() {
    return opened.publisher().witnesses().problems();
  }

  /** Content beside the log. */
  public Blobs blobs() {
    return blobs;
  }

  /**
   * Publishes what is not published yet and lets the directory go. Does nothing the second time.
   *
   * @throws LedgerException if the last checkpoint could not be published; the entries are durable,
   *     and the next opening publishes them
   */
  @Override
  public void close() {
    if (!closed.compareAndSet(false, true)) {
      return;
    }
    intake.end(new LogReadOnly("the log in " + directory + " is closed; reopen it to append"));
    writerDone.join();
    tail.end();
    publisherDone.join();
    try (lock) {
      release();
    } catch (IOException e) {
      throw new LedgerException("closing the log in " + directory + " failed: " + e, e);
    }
  }

  private void release() throws IOException {
    boolean covered = tail.size() == tail.published().checkpoint().size();
    KeyIndex keys = opened.keys();
    Journal journal = opened.journal();
    try (keys;
        journal) {
      if (covered && tail.fault().isEmpty()) {
        keys.sync();
        journal.finish(tail.size());
      }
    }
    if (!covered) {
      throw new LedgerException(
          "the log in %s was closed without a checkpoint over its last entries; they are durable: reopen it"
              .formatted(directory),
          tail.fault().orElseThrow());
    }
  }

  private interface Work {
    void run() throws IOException, InterruptedException;
  }

  /** Runs one of the two threads; if it fails, nobody may wait for it for ever. */
  private void run(Work work, CompletableFuture<Void> done) {
    try {
      work.run();
    } catch (Throwable e) {
      LogReadOnly reason =
          new LogReadOnly(
              "the log in %s takes no more entries because its storage failed (%s); mend that and reopen it"
                  .formatted(directory, e),
              e);
      intake.end(reason);
      tail.fail(reason);
    } finally {
      done.complete(null);
    }
  }

  private void write() throws IOException {
    List<Request> batch = List.of();
    try {
      for (batch = intake.take(); !batch.isEmpty(); batch = intake.take()) {
        sequencer.accept(batch);
        tail.awaitRoom();
      }
    } catch (Throwable e) {
      refuse(batch, e);
      throw e;
    }
  }

  /** Answers those who were let in; whether their entries got to the disk is not known. */
  private void refuse(List<Request> batch, Throwable cause) {
    intake.end(
        new LogReadOnly(
            "the log in %s takes no more entries because a write failed (%s); mend that and reopen it"
                .formatted(directory, cause),
            cause));
    List<Request> unanswered = new ArrayList<>(batch);
    for (List<Request> more = intake.take(); !more.isEmpty(); more = intake.take()) {
      unanswered.addAll(more);
    }
    Outcome refused = new Outcome.Refused(intake.ended().orElseThrow());
    unanswered.forEach(request -> request.outcome.complete(refused));
  }

  private void publishAsDue() throws IOException, InterruptedException {
    for (List<Sequenced> due = tail.awaitDue(); !due.isEmpty(); due = tail.awaitDue()) {
      SignedCheckpoint checkpoint = opened.publisher().publish(due);
      opened.publisher().dropOutdatedPartials();
      List<Path> obsolete = opened.journal().obsolete(checkpoint.checkpoint().size());
      if (!obsolete.isEmpty()) {
        opened.keys().sync();
        Journal.delete(obsolete);
      }
      tail.published(checkpoint);
    }
  }
}
