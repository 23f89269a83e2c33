package dev.slipway.ledger;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Opens a log's files: takes up the tree at its checkpoint, replays what only the journal has,
 * publishes it, and starts an empty journal segment. Whatever it finds that a crash cannot have
 * left is damage, and then nothing is changed.
 */
final class Recovery {
  private static final String KEYS = "keys";
  private static final String JOURNAL = "journal";

  private final Disk disk;
  private final Path directory;
  private final Path journalDirectory;
  private final LedgerOptions options;
  private final List<Sequenced> unpublished = new ArrayList<>();
  private long tornBytes;

  Recovery(Disk disk, Path directory, LedgerOptions options) {
    this.disk = disk;
    this.directory = directory;
    this.journalDirectory = directory.resolve(JOURNAL);
    this.options = options;
  }

  /** Everything the writer works with, in step with each other. */
  record Opened(
      KeyIndex keys,
      Journal journal,
      Publisher publisher,
      SignedCheckpoint checkpoint,
      Recovered recovered) {}

  Opened open() throws IOException, InterruptedException {
    disk.createDirectory(journalDirectory);
    List<Path> segments = segments();
    Optional<SignedCheckpoint> before = published();
    Checkpoint checkpoint = before.isPresent() ? before.get().checkpoint() : requireFresh(segments);
    TileWriter tiles = TileWriter.load(disk, directory, checkpoint);
    KeyIndex keys = KeyIndex.open(disk, directory.resolve(KEYS), firstIndex(segments, checkpoint));
    try {
      replay(segments, checkpoint, keys);
      Publisher publisher = new Publisher(disk, directory, options, tiles);
      keys.write();
      keys.sync();
      listVerifiers();
      LogReader log = publisher.integrate(unpublished);
      publisher.witnesses().requireExtends(options.origin(), log);
      SignedCheckpoint signed =
          unpublished.isEmpty() && before.map(this::isSignedByAll).orElse(false)
              ? before.orElseThrow()
              : publisher.sign();
      Recovered recovered =
          new Recovered(signed.checkpoint().size(), unpublished.size(), tornBytes);
      return new Opened(
          keys, restartJournal(segments, recovered.size()), publisher, signed, recovered);
    } catch (IOException | InterruptedException | RuntimeException e) {
      keys.close();
      throw e;
    }
  }

  /** Writes the keys of all published entries; those of later ones are in the journal. */
  static void rebuildKeys(Disk disk, Path directory, Function<byte[], Hash> keyOf)
      throws IOException {
    byte[] checkpoint = Files.readAllBytes(directory.resolve(TilePath.CHECKPOINT));
    long size = SignedCheckpoint.parse(checkpoint).checkpoint().size();
    Path file = directory.resolve(KEYS);
    Path part = directory.resolve(KEYS + Disk.PART);
    Files.deleteIfExists(part);
    LogReader log = new LogReader(TileSource.directory(directory), size);
    try (KeyIndex keys = KeyIndex.open(disk, part, 0);
        Stream<byte[]> entries = log.entries(0)) {
      for (Iterator<byte[]> each = entries.iterator(); each.hasNext(); ) {
        keys.add(keyOf.apply(each.next()));
        keys.write();
      }
      keys.sync();
    }
    Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
    disk.syncDirectory(directory);
  }

  /** Writes what a writer needs beside the public files: the keys, and an empty journal. */
  static void adopt(Disk disk, Path directory, Function<byte[], Hash> keyOf) throws IOException {
    Path journal = directory.resolve(JOURNAL);
    disk.createDirectory(journal);
    try (Stream<Path> segments = Files.list(journal)) {
      if (segments.findAny().isPresent()) {
        throw new LedgerException(directory + " has a journal: it is no copy of the public files");
      }
    }
    rebuildKeys(disk, directory, keyOf);
    byte[] checkpoint = Files.readAllBytes(directory.resolve(TilePath.CHECKPOINT));
    new Journal(disk, journal, SignedCheckpoint.parse(checkpoint).checkpoint().size()).close();
  }

  private Checkpoint requireFresh(List<Path> segments) throws IOException {
    for (Path segment : segments) {
      if (Files.size(segment) > 0) {
        throw new LogDamaged(
            "%s has entries but no checkpoint; restore %s from a backup"
                .formatted(directory, TilePath.CHECKPOINT));
      }
    }
    if (Files.exists(directory.resolve("tile"))) {
      throw new LogDamaged(
          "%s has tiles but no checkpoint; restore %s from a backup"
              .formatted(directory, TilePath.CHECKPOINT));
    }
    return new Checkpoint(options.origin(), 0, Hash.emptyRoot());
  }

  private Optional<SignedCheckpoint> published() throws IOException {
    Path file = directory.resolve(TilePath.CHECKPOINT);
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    SignedCheckpoint signed;
    try {
      signed = SignedCheckpoint.parse(Files.readAllBytes(file));
    } catch (IllegalArgumentException e) {
      throw new LogDamaged(
          file + " is damaged: " + e.getMessage() + "; restore it from a backup", e);
    }
    if (!signed.checkpoint().origin().equals(options.origin())) {
      throw new LedgerException(
          "%s is the log '%s', not '%s'; open it with that log's key"
              .formatted(directory, Printable.of(signed.checkpoint().origin()), options.origin()));
    }
    if (!signed.note().signedBy(verifiers())) {
      throw new LogDamaged(
          "%s is not signed by %s; restore it from a backup, or open the log with its own key (after a rotation: with both)"
              .formatted(file, verifiers()));
    }
    return Optional.of(signed);
  }

  private List<Verifier> verifiers() {
    return options.keys().stream().map(LogKey::verifier).toList();
  }

  /** Adds the keys of this opening to the public list. */
  private void listVerifiers() throws IOException {
    Path file = directory.resolve(VerifierList.FILE);
    Set<Verifier> listed = new LinkedHashSet<>();
    if (Files.exists(file)) {
      try {
        listed.addAll(VerifierList.parse(Files.readAllBytes(file)));
      } catch (IllegalArgumentException e) {
        throw new LogDamaged(
            file + " is damaged: " + e.getMessage() + "; restore it from a backup", e);
      }
    }
    List<Verifier> signers = new ArrayList<>(verifiers());
    options.witnesses().forEach(witness -> witness.verifier().ifPresent(signers::add));
    if (listed.addAll(signers)) {
      disk.replace(file, VerifierList.format(listed));
      disk.syncDirectory(directory);
    }
  }

  private boolean isSignedByAll(SignedCheckpoint signed) {
    return verifiers().stream().allMatch(v -> signed.note().signedBy(List.of(v)));
  }

  private List<Path> segments() throws IOException {
    try (Stream<Path> files = Files.list(journalDirectory)) {
      return files.sorted().toList();
    }
  }

  private long firstIndex(List<Path> segments, Checkpoint checkpoint) {
    if (segments.isEmpty() && checkpoint.size() > 0) {
      throw new LogDamaged(
          journalDirectory + " is empty: entries may be missing; restore it from a backup");
    }
    long first = segments.isEmpty() ? 0 : first(segments.getFirst());
    if (first > checkpoint.size()) {
      throw new LogDamaged(
          "%s begins with entry %d but the checkpoint ends before entry %d; restore both from one backup"
              .formatted(journalDirectory, first, checkpoint.size()));
    }
    return first;
  }

  private static long first(Path segment) {
    try {
      return Long.parseLong(String.valueOf(segment.getFileName()));
    } catch (NumberFormatException e) {
      throw new LedgerException(segment + " is no journal segment; move it elsewhere", e);
    }
  }

  private void replay(List<Path> segments, Checkpoint checkpoint, KeyIndex keys)
      throws IOException {
    TileReader reader = new TileReader(TileSource.directory(directory), checkpoint.size());
    long next = segments.isEmpty() ? 0 : first(segments.getFirst());
    for (Path file : segments) {
      if (first(file) != next) {
        throw new LogDamaged(
            "%s should begin with entry %d; a segment is missing or cut off: restore %s from a backup"
                .formatted(file, next, journalDirectory));
      }
      JournalReplay.Segment segment = JournalReplay.read(file, next);
      for (Sequenced entry : segment.entries()) {
        keys.add(entry.key);
        if (entry.index >= checkpoint.size()) {
          unpublished.add(entry);
        } else if (!reader.leaf(entry.index).equals(entry.leaf)) {
          throw new LogDamaged(
              "entry %d differs between %s and its tile; restore both from one backup"
                  .formatted(entry.index, file));
        }
        next++;
      }
      if (segment.tornBytes() > 0) {
        tornBytes += segment.tornBytes();
        if (!file.equals(segments.getLast())) {
          throw new LogDamaged(file + " ends in the middle of a batch; restore it from a backup");
        }
      }
    }
    if (next < checkpoint.size()) {
      throw new LogDamaged(
          "%s ends with entry %d although the checkpoint covers %d entries; restore both from one backup"
              .formatted(journalDirectory, next - 1, checkpoint.size()));
    }
  }

  /** Cuts the torn end off, starts an empty segment, and only then drops the ones before. */
  private Journal restartJournal(List<Path> segments, long size) throws IOException {
    if (tornBytes > 0) {
      try (FileChannel last = disk.open(segments.getLast(), StandardOpenOption.WRITE)) {
        last.truncate(last.size() - tornBytes);
        last.force(true);
      }
    }
    Journal journal = new Journal(disk, journalDirectory, size);
    try {
      for (Path segment : segments) {
        if (first(segment) < size) {
          Files.delete(segment);
        }
      }
    } catch (IOException e) {
      journal.close();
      throw e;
    }
    return journal;
  }
}
