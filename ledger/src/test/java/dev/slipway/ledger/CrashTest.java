package dev.slipway.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a crash leaves, and what only looks like it. */
class CrashTest {
  private static final int PUBLISHED = 300;
  private static final int APPENDED = 310;

  private final LogKey key = LogKey.create("example.com/log");
  private final LedgerOptions options =
      LedgerOptions.signedBy(key).withCheckpointEvery(Duration.ofHours(1));

  @TempDir Path root;

  /** A log whose last ten entries, a batch each, are in the journal only. */
  private Path crashed(String name) throws IOException {
    Path running = root.resolve(name + "-running");
    Path copy = root.resolve(name);
    try (Ledger ledger = Ledger.open(running, options, Logs.UNFORCED)) {
      for (int i = 0; i < APPENDED; i++) {
        ledger.append("key " + i, Logs.entry(i));
        if (i == PUBLISHED - 1) {
          ledger.publish();
        }
      }
      Logs.copy(running, copy);
    }
    return copy;
  }

  private static Path segment(Path directory) throws IOException {
    try (Stream<Path> segments = Files.list(directory.resolve("journal"))) {
      return segments.toList().getLast();
    }
  }

  private void assertHolds(Path directory, int entries) {
    for (int opening = 0; opening < 2; opening++) {
      try (Ledger ledger = Ledger.open(directory, options)) {
        assertThat(ledger.size()).isEqualTo(entries);
        assertThat(ledger.latestCheckpoint().checkpoint().size()).isEqualTo(entries);
        for (int i = 0; i < entries; i++) {
          assertThat(ledger.entry(i)).isEqualTo(Logs.entry(i));
          assertThat(ledger.append("key " + i, Logs.entry(i)).index()).isEqualTo(i);
        }
      }
    }
    assertThat(Logs.verify(directory, key).problems()).isEmpty();
  }

  @Test
  void whatOnlyTheJournalHasIsPublishedWhenTheLogIsOpened() throws IOException {
    Path directory = crashed("log");
    try (Ledger ledger = Ledger.open(directory, options)) {
      assertThat(ledger.recovered()).isEqualTo(new Recovered(APPENDED, 10, 0));
    }
    assertHolds(directory, APPENDED);
  }

  @Test
  void e3ATornLastRecordIsCutOffWhereverItWasTorn() throws IOException {
    Path original = crashed("log");
    byte[] journal = Files.readAllBytes(segment(original));
    int last = JournalSegment.HEADER_BYTES + JournalSegment.ENTRY_OVERHEAD + Logs.entry(309).length;
    for (int length = journal.length - last; length < journal.length; length += 7) {
      Path directory = Files.createDirectory(root.resolve("torn" + length));
      Files.delete(directory);
      Logs.copy(original, directory);
      Files.write(segment(directory), Arrays.copyOf(journal, length));
      try (Ledger ledger = Ledger.open(directory, options)) {
        assertThat(ledger.recovered())
            .isEqualTo(new Recovered(309, 9, length - (journal.length - last)));
      }
      assertHolds(directory, 309);
    }
  }

  @Test
  void e3ALastRecordThatNeverReachedTheDiskIsCutOff() throws IOException {
    Path directory = crashed("log");
    Path segment = segment(directory);
    byte[] journal = Files.readAllBytes(segment);
    int last = JournalSegment.HEADER_BYTES + JournalSegment.ENTRY_OVERHEAD + Logs.entry(309).length;
    Arrays.fill(journal, journal.length - last, journal.length, (byte) 0);
    Files.write(segment, journal);
    try (Ledger ledger = Ledger.open(directory, options)) {
      assertThat(ledger.recovered()).isEqualTo(new Recovered(309, 9, last));
    }
    assertHolds(directory, 309);
  }

  @Test
  void e6AnyFlippedBitInTheJournalIsDamageAndNotATornRecord() throws IOException {
    Path directory = crashed("log");
    Path segment = segment(directory);
    byte[] journal = Files.readAllBytes(segment);
    int record =
        JournalSegment.HEADER_BYTES + JournalSegment.ENTRY_OVERHEAD + Logs.entry(309).length;
    for (int bit = (journal.length - 2 * record) * 8; bit < journal.length * 8; bit += 3) {
      byte[] flipped = journal.clone();
      flipped[bit / 8] ^= (byte) (1 << bit % 8);
      Files.write(segment, flipped);
      assertThatThrownBy(() -> Ledger.open(directory, options))
          .as("bit %d", bit)
          .isInstanceOf(LogDamaged.class)
          .hasMessageContaining("restore");
      assertThat(Files.readAllBytes(segment)).isEqualTo(flipped);
    }
    Files.write(segment, journal);
    assertHolds(directory, APPENDED);
  }

  @Test
  void e7AJournalThatEndsBeforeTheCheckpointIsDamage() throws IOException {
    Path directory = crashed("log");
    Files.write(segment(directory), new byte[0]);
    assertThatThrownBy(() -> Ledger.open(directory, options))
        .isInstanceOf(LogDamaged.class)
        .hasMessageContaining("although the checkpoint covers 300 entries");
    Files.delete(segment(directory));
    assertThatThrownBy(() -> Ledger.open(directory, options))
        .isInstanceOf(LogDamaged.class)
        .hasMessageContaining("is empty");
  }

  @Test
  void e7ACheckpointFromBeforeTheJournalBeganIsDamage() throws IOException {
    Path directory = root.resolve("log");
    Logs.grow(directory, key, 100);
    byte[] old = Files.readAllBytes(directory.resolve("checkpoint"));
    Logs.grow(directory, key, 200);
    Files.write(directory.resolve("checkpoint"), old);
    assertThatThrownBy(() -> Ledger.open(directory, options))
        .isInstanceOf(LogDamaged.class)
        .hasMessageContaining("begins with entry 200");
  }

  @Test
  void aDamagedEdgeOfTheTreeIsDamage() throws IOException {
    for (String path :
        new String[] {"tile/0/001.p/44", "tile/1/000.p/1", "tile/entries/001.p/44"}) {
      Path directory = root.resolve(path.replace('/', '-'));
      Logs.grow(directory, key, 300);
      byte[] bytes = Files.readAllBytes(directory.resolve(path));
      bytes[5] ^= 1;
      Files.write(directory.resolve(path), bytes);
      assertThatThrownBy(() -> Ledger.open(directory, options))
          .as(path)
          .isInstanceOf(LogDamaged.class);
      Files.delete(directory.resolve(path));
      assertThatThrownBy(() -> Ledger.open(directory, options))
          .as(path)
          .isInstanceOf(LogDamaged.class)
          .hasMessageContaining("missing");
    }
  }

  @Test
  void aDamagedOrMissingFileOfKeysIsDamage() throws IOException {
    Path directory = root.resolve("log");
    Logs.grow(directory, key, 300);
    Path keys = directory.resolve("keys");
    byte[] bytes = Files.readAllBytes(keys);
    byte[] flipped = bytes.clone();
    flipped[40 * KeyIndex.RECORD_BYTES + 3] ^= 64;
    Files.write(keys, flipped);
    assertThatThrownBy(() -> Ledger.open(directory, options))
        .isInstanceOf(LogDamaged.class)
        .hasMessageContaining("the key of entry 40 does not check");
    Files.delete(keys);
    assertThatThrownBy(() -> Ledger.open(directory, options))
        .isInstanceOf(LogDamaged.class)
        .hasMessageContaining("the key of entry 0 is missing");
  }

  @Test
  void aMissingOrForeignCheckpointIsRefused() throws IOException {
    Path directory = root.resolve("log");
    Logs.grow(directory, key, 3);
    assertThatThrownBy(
            () -> Ledger.open(directory, LedgerOptions.signedBy(LogKey.create("example.com/log"))))
        .isInstanceOf(LogDamaged.class)
        .hasMessageContaining("is not signed by");
    assertThatThrownBy(
            () -> Ledger.open(directory, LedgerOptions.signedBy(LogKey.create("example.com/b"))))
        .isInstanceOf(LedgerException.class)
        .hasMessageContaining("is the log 'example.com/log'");
    Files.delete(directory.resolve("checkpoint"));
    assertThatThrownBy(() -> Ledger.open(directory, options))
        .isInstanceOf(LogDamaged.class)
        .hasMessageContaining("no checkpoint");
  }

  @Test
  void e8ASecondWriterIsTurnedAway() {
    Path directory = root.resolve("log");
    try (Ledger first = Ledger.open(directory, options)) {
      assertThatThrownBy(() -> Ledger.open(directory, options))
          .isInstanceOf(LogLocked.class)
          .hasMessageContaining("a log has one writer");
      assertThat(first.append("key 0", Logs.entry(0)).index()).isZero();
    }
    assertHolds(directory, 1);
  }
}
