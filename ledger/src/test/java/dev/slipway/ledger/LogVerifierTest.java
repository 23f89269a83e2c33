package dev.slipway.ledger;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogVerifierTest {
  private static final int SIZE = 600;

  private final LogKey key = LogKey.create("example.com/log");

  @TempDir Path root;
  private Path directory;
  private SignedCheckpoint older;

  @BeforeEach
  void build() {
    directory = root.resolve("log");
    older = Logs.grow(directory, key, 300);
    Logs.grow(directory, key, 590);
    try (Ledger ledger = Ledger.open(directory, LedgerOptions.signedBy(key))) {
      ledger.blobs().put("a transcript".getBytes(UTF_8));
    }
    Logs.grow(directory, key, SIZE);
  }

  @Test
  void anIntactLogVerifies() {
    List<Long> progress = new ArrayList<>();
    Verification result =
        LogVerifier.verify(
            TileSource.directory(directory),
            Logs.trusting(key).since(older).reportingTo((entries, total) -> progress.add(entries)));
    assertThat(result.problems()).isEmpty();
    assertThat(result.ok()).isTrue();
    assertThat(result.size()).isEqualTo(SIZE);
    assertThat(result.trust()).hasToString("verified with a trusted key");
    assertThat(progress).endsWith((long) SIZE);
  }

  @Test
  void withoutAKeyALogIsOnlySelfConsistent() {
    Verification result =
        LogVerifier.verify(
            TileSource.directory(directory), VerifyOptions.trusting(TrustedKeys.none()));
    assertThat(result.ok()).isTrue();
    assertThat(result.trust()).hasToString("self-consistent, key not trusted");
  }

  @Test
  void anotherKeyIsNotEnough() {
    Verification result = Logs.verify(directory, LogKey.create("example.com/log"));
    assertThat(result.problems())
        .extracting(Problem::message)
        .containsExactly("the checkpoint is not signed by a trusted key of the log");
    assertThat(Logs.verify(directory, LogKey.create("example.com/other")).problems())
        .extracting(Problem::message)
        .containsExactly(
            "the checkpoint is of the log 'example.com/log', of which no key is trusted");
  }

  @Test
  void e6ABitFlippedInAnOldEntryIsFoundAtItsIndex() throws IOException {
    Path bundle = directory.resolve("tile/entries/000");
    byte[] bytes = Files.readAllBytes(bundle);
    bytes[2] ^= 1;
    Files.write(bundle, bytes);
    assertThat(Logs.verify(directory, key).problems())
        .contains(Problem.at(0, "the entry and its hash in tile/0/000 contradict"));
  }

  @Test
  void e6AFlippedBitInAnyFileIsFound() throws IOException {
    Random random = new Random(42);
    List<Path> files = publicFiles();
    assertThat(files).hasSizeGreaterThan(10);
    for (int round = 0; round < 300; round++) {
      Path file = files.get(round % files.size());
      byte[] bytes = Files.readAllBytes(file);
      int bit = random.nextInt(bytes.length * 8);
      byte[] flipped = bytes.clone();
      flipped[bit / 8] ^= (byte) (1 << bit % 8);
      Files.write(file, flipped);
      assertThat(Logs.verify(directory, key).ok()).as("bit %d of %s", bit, file).isFalse();
      Files.write(file, bytes);
    }
    assertThat(Logs.verify(directory, key).ok()).isTrue();
  }

  @Test
  void e6AFlippedBitInTheCheckpointIsFoundWithoutATrustedKeyToo() throws IOException {
    Path small = root.resolve("small");
    Logs.grow(small, key, 3);
    Path file = small.resolve("checkpoint");
    byte[] bytes = Files.readAllBytes(file);
    for (int bit = 0; bit < bytes.length * 8; bit += 7) {
      byte[] flipped = bytes.clone();
      flipped[bit / 8] ^= (byte) (1 << bit % 8);
      Files.write(file, flipped);
      Verification result =
          LogVerifier.verify(
              TileSource.directory(small), VerifyOptions.trusting(TrustedKeys.none()));
      assertThat(result.ok()).as("bit %d", bit).isFalse();
    }
  }

  @Test
  void aShortenedFileIsFound() throws IOException {
    Random random = new Random(5);
    for (Path file : publicFiles()) {
      byte[] bytes = Files.readAllBytes(file);
      for (int length : new int[] {0, random.nextInt(bytes.length), bytes.length - 1}) {
        Files.write(file, Arrays.copyOf(bytes, length));
        assertThat(Logs.verify(directory, key).ok()).as("%d of %s", length, file).isFalse();
      }
      Files.write(file, bytes);
    }
  }

  @Test
  void aMissingFileOfTheTreeIsFound() throws IOException {
    for (String path :
        List.of(
            "checkpoint",
            "tile/entries/000",
            "tile/entries/002.p/88",
            "tile/0/001",
            "tile/0/002.p/88",
            "tile/1/000.p/2")) {
      Path file = directory.resolve(path);
      byte[] bytes = Files.readAllBytes(file);
      Files.delete(file);
      assertThat(Logs.verify(directory, key).ok()).as(path).isFalse();
      Files.write(file, bytes);
    }
  }

  @Test
  void e7ALogCutBackToAnOlderCheckpointIsFound() {
    Path cut = root.resolve("cut");
    Logs.grow(cut, key, 100);
    assertThat(Logs.verify(cut, key).ok()).isTrue();
    assertThat(
            LogVerifier.verify(TileSource.directory(cut), Logs.trusting(key).since(older))
                .problems())
        .containsExactly(
            new Problem(
                OptionalLong.of(100),
                "the log was cut off: the older checkpoint covers 300 entries, this one 100"));
  }

  @Test
  void e7ALogForkedBeforeAnOlderCheckpointIsFoundAndOneForkedAfterItIsNot() {
    for (int fork : new int[] {0, 1, 44, 255, 256, 299, 300, 301}) {
      Path forked = root.resolve("fork" + fork);
      try (Ledger ledger = Ledger.open(forked, LedgerOptions.signedBy(key), Logs.UNFORCED)) {
        for (int i = 0; i < SIZE; i++) {
          ledger.append("key " + i, i == fork ? "another".getBytes(UTF_8) : Logs.entry(i));
        }
      }
      Verification result =
          LogVerifier.verify(TileSource.directory(forked), Logs.trusting(key).since(older));
      if (fork < 300) {
        assertThat(result.problems())
            .containsExactly(
                Problem.of(
                    "the log was forked: its first 300 entries are not those of the older checkpoint"));
      } else {
        assertThat(result.ok()).isTrue();
      }
    }
  }

  @Test
  void everyOlderCheckpointOfTheLogIsExtended() {
    Path other = root.resolve("other");
    for (int size : new int[] {0, 1, 255, 256, 257, 512, 513, SIZE}) {
      SignedCheckpoint then = Logs.grow(other, key, size);
      Logs.grow(other, key, SIZE == size ? SIZE : size + 1);
      Verification result =
          LogVerifier.verify(TileSource.directory(directory), Logs.trusting(key).since(then));
      assertThat(result.problems()).as("since %d", size).isEmpty();
    }
  }

  @Test
  void anOlderCheckpointOfSomebodyElseIsRefused() {
    SignedCheckpoint stranger = Logs.grow(root.resolve("x"), LogKey.create("example.com/log"), 300);
    assertThat(
            LogVerifier.verify(TileSource.directory(directory), Logs.trusting(key).since(stranger))
                .problems())
        .containsExactly(Problem.of("the older checkpoint is not signed by a key of this log"));
    SignedCheckpoint elsewhere = Logs.grow(root.resolve("y"), LogKey.create("example.com/y"), 300);
    assertThat(
            LogVerifier.verify(TileSource.directory(directory), Logs.trusting(key).since(elsewhere))
                .problems())
        .contains(Problem.of("the older checkpoint is of another log, 'example.com/y'"));
  }

  @Test
  void aPartialTileThatContradictsIsFound() throws IOException {
    // The partial tile of an older checkpoint, left there; the tree of today does not need it.
    Path partial = directory.resolve("tile/0/002.p/78");
    assertThat(partial).exists();
    byte[] bytes = Files.readAllBytes(partial);
    bytes[0] ^= 1;
    Files.write(partial, bytes);
    assertThat(Logs.verify(directory, key).problems())
        .containsExactly(
            Problem.at(512, "tile/0/002.p/78 is not the beginning of the tile at the checkpoint"));
  }

  @Test
  void entriesExchangedTogetherWithTheirHashesAreFound() throws IOException {
    Path tile = directory.resolve("tile/0/000");
    byte[] hashes = Files.readAllBytes(tile);
    byte[] first = Arrays.copyOf(hashes, 32);
    System.arraycopy(hashes, 32, hashes, 0, 32);
    System.arraycopy(first, 0, hashes, 32, 32);
    Files.write(tile, hashes);
    Path bundle = directory.resolve("tile/entries/000");
    byte[] entries = Files.readAllBytes(bundle);
    entries[2 + 6] = '1';
    entries[2 + 7 + 2 + 6] = '0';
    Files.write(bundle, entries);
    assertThat(Logs.verify(directory, key).problems())
        .extracting(Problem::message)
        .containsExactly(
            "the entries do not have the hash 0 in tile/1/000.p/2",
            "the entries do not have the checkpoint's root");
  }

  @Test
  void rotatedKeysBothSignAndEitherIsEnough() {
    LogKey next = LogKey.create("example.com/log");
    Logs.grow(directory, LedgerOptions.signedBy(List.of(next, key)), SIZE + 1);
    assertThat(Logs.verify(directory, key).ok()).isTrue();
    assertThat(Logs.verify(directory, next).ok()).isTrue();
    Logs.grow(directory, LedgerOptions.signedBy(next), SIZE + 2);
    assertThat(Logs.verify(directory, next).ok()).isTrue();
    assertThat(Logs.verify(directory, key).ok()).isFalse();
  }

  @Test
  void problemsAreBoundedInNumber() throws IOException {
    Path big = root.resolve("big");
    Logs.grow(big, key, 2000);
    for (int tile = 0; tile < 7; tile++) {
      Files.write(big.resolve("tile/0/00" + tile), new byte[8192]);
    }
    List<Problem> problems = Logs.verify(big, key).problems();
    assertThat(problems).hasSize(1001);
    assertThat(problems.getLast().message()).isEqualTo("792 more problems; only 1000 are listed");
  }

  @Test
  void aCheckpointThatClaimsAnImmenseLogIsNotFollowedForEver() throws IOException {
    Checkpoint immense = new Checkpoint("example.com/log", Long.MAX_VALUE, Hash.emptyRoot());
    Files.write(
        directory.resolve("checkpoint"),
        SignedCheckpoint.sign(immense, List.of(key)).note().format());
    assertThat(Logs.verify(directory, key).ok()).isFalse();
  }

  @Test
  void aLogVerifiesWhileItIsWritten() throws Exception {
    LedgerOptions options = LedgerOptions.signedBy(key).withCheckpointEvery(Duration.ofMillis(1));
    try (Ledger ledger = Ledger.open(directory, options, Logs.UNFORCED)) {
      Thread writer =
          Thread.ofVirtual()
              .start(
                  () -> {
                    for (int i = SIZE; i < SIZE + 3000; i++) {
                      ledger.append("key " + i, Logs.entry(i));
                    }
                  });
      do {
        assertThat(Logs.verify(directory, key).problems()).isEmpty();
      } while (writer.isAlive());
    }
    assertThat(Logs.verify(directory, key).size()).isEqualTo(SIZE + 3000);
  }

  /** What outsiders may read: all but the writer's private files. */
  private List<Path> publicFiles() throws IOException {
    try (Stream<Path> files = Files.walk(directory)) {
      return files
          .filter(Files::isRegularFile)
          .filter(file -> !directory.relativize(file).toString().matches("keys|lock|journal/.*"))
          .sorted()
          .toList();
    }
  }
}
