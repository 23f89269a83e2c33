package dev.slipway.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SpecReaderTest {
  private static final int SIZE = 100_000;

  @TempDir Path directory;

  @Test
  void aReaderWrittenFromTheSpecificationAgreesOn100000Entries() throws Exception {
    LogKey key = LogKey.create("example.com/log");
    Logs.grow(directory, key, SIZE);
    SpecReader reader = new SpecReader(directory, key.verifier().text());
    assertThat(reader.origin).isEqualTo("example.com/log");
    assertThat(reader.size).isEqualTo(SIZE);
    List<byte[]> entries = reader.entries();
    assertThat(entries).hasSize(SIZE);
    List<byte[]> leaves = new ArrayList<>();
    for (int i = 0; i < SIZE; i++) {
      assertThat(entries.get(i)).isEqualTo(Logs.entry(i));
      leaves.add(SpecReader.leafHash(entries.get(i)));
    }
    assertThat(SpecReader.treeHash(leaves)).isEqualTo(reader.root);
    assertTiles(reader, leaves);
    assertThat(Logs.verify(directory, key).root().orElseThrow().bytes()).isEqualTo(reader.root);
  }

  /** Each hash of each level is the tree hash of the 256 below it. */
  private static void assertTiles(SpecReader reader, List<byte[]> leaves) throws Exception {
    List<byte[]> below = leaves;
    for (int level = 0; !below.isEmpty(); level++) {
      List<byte[]> hashes = reader.level(level);
      assertThat(hashes).hasSameSizeAs(below);
      for (int i = 0; i < hashes.size(); i++) {
        assertThat(hashes.get(i)).isEqualTo(below.get(i));
      }
      List<byte[]> above = new ArrayList<>();
      for (int i = 0; i + 256 <= below.size(); i += 256) {
        above.add(SpecReader.treeHash(below.subList(i, i + 256)));
      }
      below = above;
    }
  }
}
