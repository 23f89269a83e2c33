package dev.slipway.ledger;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProofTest {
  private static final int SIZE = 800;
  private static final LogKey KEY = LogKey.create("example.com/log");

  @TempDir static Path directory;

  private static final List<Hash> leaves = new ArrayList<>();
  private static final List<Hash> roots = new ArrayList<>();

  private final TileSource source = TileSource.directory(directory);
  private final Random random = new Random(7);
  private final LogReader whole = new LogReader(source, SIZE);

  @BeforeAll
  static void build() {
    RightEdge edge = new RightEdge();
    roots.add(edge.root());
    try (Ledger ledger = Ledger.open(directory, LedgerOptions.signedBy(KEY), Logs.UNFORCED)) {
      for (int i = 0; i < SIZE; i++) {
        byte[] entry = ("entry " + i).getBytes(UTF_8);
        leaves.add(ledger.append("key " + i, entry).leafHash());
        edge.add(0, leaves.getLast().bytes(), 0);
        roots.add(edge.root());
      }
    }
  }

  @Test
  void everyEntryIsProvedInEveryTreeSizeTried() {
    for (int size = 1; size <= SIZE; size += 1 + random.nextInt(9)) {
      LogReader reader = whole.asOf(size);
      for (int index = 0; index < size; index += 1 + random.nextInt(40)) {
        InclusionProof proof = reader.inclusion(index);
        assertThat(proof.verifies(leaves.get(index), roots.get(size))).isTrue();
        assertThat(proof.verifies(leaves.get((index + 1) % SIZE), roots.get(size))).isFalse();
        assertThat(proof.verifies(leaves.get(index), roots.get(size - 1))).isFalse();
      }
    }
  }

  @Test
  void everyTreeExtendsEveryOlderOneTried() {
    for (int size = 1; size <= SIZE; size += 1 + random.nextInt(9)) {
      LogReader reader = whole.asOf(size);
      for (int old = 1; old <= size; old += 1 + random.nextInt(40)) {
        ConsistencyProof proof = reader.consistency(old);
        assertThat(proof.verifies(roots.get(old), roots.get(size))).isTrue();
        assertThat(proof.verifies(roots.get((old + 1) % SIZE), roots.get(size))).isFalse();
        assertThat(proof.verifies(roots.get(old), roots.get(size - 1))).isFalse();
      }
    }
  }

  @Test
  void alteredProofsDoNotVerify() {
    for (int round = 0; round < 500; round++) {
      int size = 2 + random.nextInt(SIZE - 2);
      int index = random.nextInt(size);
      int old = 1 + random.nextInt(size - 1);
      LogReader reader = whole.asOf(size);
      List<Hash> inclusion = altered(reader.inclusion(index).path());
      assertThat(
              new InclusionProof(index, size, inclusion)
                  .verifies(leaves.get(index), roots.get(size)))
          .isFalse();
      List<Hash> consistency = altered(reader.consistency(old).path());
      assertThat(
              new ConsistencyProof(old, size, consistency)
                  .verifies(roots.get(old), roots.get(size)))
          .isFalse();
    }
  }

  /** One hash flipped, removed, doubled, or two different ones exchanged. */
  private List<Hash> altered(List<Hash> path) {
    List<Hash> altered = new ArrayList<>(path);
    int at = random.nextInt(path.size());
    switch (random.nextInt(4)) {
      case 0 -> {
        byte[] bytes = altered.get(at).bytes();
        bytes[random.nextInt(Hash.BYTES)] ^= (byte) (1 << random.nextInt(8));
        altered.set(at, Hash.of(bytes));
      }
      case 1 -> altered.remove(at);
      case 2 -> altered.add(at, altered.get(at));
      default -> {
        if (path.size() > 1) {
          Collections.swap(altered, at, (at + 1) % path.size());
        } else {
          altered.clear();
        }
      }
    }
    return altered;
  }

  @Test
  void aProofFileIsVerifiedWithOnlyTheKey() {
    SignedCheckpoint checkpoint;
    try (Ledger ledger = Ledger.open(directory, LedgerOptions.signedBy(KEY))) {
      checkpoint = ledger.publish();
    }
    InclusionProof inclusion = new LogReader(source, SIZE).inclusion(123);
    LogProof proof = LogProof.parse(new LogProof(inclusion, checkpoint).format());
    TrustedKeys trusted = TrustedKeys.of(List.of(KEY.verifier()));
    assertThat(proof.verifies("entry 123".getBytes(UTF_8), trusted)).isTrue();
    assertThat(proof.verifies("entry 124".getBytes(UTF_8), trusted)).isFalse();
    TrustedKeys other = TrustedKeys.of(List.of(LogKey.create("example.com/log").verifier()));
    assertThat(proof.verifies("entry 123".getBytes(UTF_8), other)).isFalse();
    assertThat(proof.verifies("entry 123".getBytes(UTF_8), TrustedKeys.none())).isFalse();
  }

  @Test
  void aFlippedBitAnywhereInAProofFileIsNoticed() {
    SignedCheckpoint checkpoint;
    try (Ledger ledger = Ledger.open(directory, LedgerOptions.signedBy(KEY))) {
      checkpoint = ledger.publish();
    }
    InclusionProof inclusion = new LogReader(source, SIZE).inclusion(700);
    byte[] file = new LogProof(inclusion, checkpoint).format();
    TrustedKeys trusted = TrustedKeys.of(List.of(KEY.verifier()));
    for (int bit = 0; bit < file.length * 8; bit++) {
      byte[] flipped = file.clone();
      flipped[bit / 8] ^= (byte) (1 << bit % 8);
      assertThat(verifies(flipped, trusted)).as("bit %d", bit).isFalse();
    }
  }

  private static boolean verifies(byte[] file, TrustedKeys trusted) {
    try {
      return LogProof.parse(file).verifies("entry 700".getBytes(UTF_8), trusted);
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  @Test
  void whatIsNotInTheLogCannotBeProved() {
    LogReader reader = new LogReader(source, SIZE);
    assertThatThrownBy(() -> reader.inclusion(SIZE)).isInstanceOf(IndexOutOfBoundsException.class);
    assertThatThrownBy(() -> reader.inclusion(-1)).isInstanceOf(IndexOutOfBoundsException.class);
    assertThatThrownBy(() -> reader.consistency(SIZE + 1))
        .isInstanceOf(IndexOutOfBoundsException.class);
  }

  @Test
  void entriesAreReadFromAnyIndexOn() {
    LogReader reader = new LogReader(source, SIZE);
    for (int from : new int[] {0, 1, 255, 256, 257, 511, 799, 800}) {
      assertThat(reader.entries(from).map(Hash::leaf).toList())
          .isEqualTo(leaves.subList(from, SIZE));
    }
  }
}
