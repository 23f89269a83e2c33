package dev.slipway.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Known answers: the reference vectors of Certificate Transparency and RFC 6962, section 2.1.3. */
class MerkleVectorsTest {
  private static final List<String> LEAVES =
      List.of(
          "",
          "00",
          "10",
          "2021",
          "3031",
          "40414243",
          "5051525354555657",
          "606162636465666768696a6b6c6d6e6f");

  private static final List<String> ROOTS =
      List.of(
          "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
          "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
          "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
          "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
          "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
          "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
          "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
          "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
          "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328");

  @TempDir Path directory;

  @Test
  void rootsOfTheReferenceTree() {
    LedgerOptions options = LedgerOptions.signedBy(LogKey.create("example.com/log"));
    try (Ledger ledger = Ledger.open(directory, options)) {
      assertThat(ledger.publish().checkpoint().root().hex()).isEqualTo(ROOTS.getFirst());
      for (int i = 0; i < LEAVES.size(); i++) {
        ledger.append("leaf " + i, HexFormat.of().parseHex(LEAVES.get(i)));
        assertThat(ledger.publish().checkpoint().root().hex()).isEqualTo(ROOTS.get(i + 1));
      }
    }
  }

  @Test
  void proofsOfTheTreeWithSevenLeavesInTheRfc() {
    List<Hash> d = new ArrayList<>();
    LedgerOptions options = LedgerOptions.signedBy(LogKey.create("example.com/log"));
    try (Ledger ledger = Ledger.open(directory, options)) {
      for (int i = 0; i < 7; i++) {
        byte[] leaf = {'d', (byte) ('0' + i)};
        d.add(Hash.leaf(leaf));
        ledger.append("d" + i, leaf);
      }
    }
    // The names of the nodes are those of the drawing in section 2.1.3.
    Hash g = Hash.node(d.get(0), d.get(1));
    Hash h = Hash.node(d.get(2), d.get(3));
    Hash i = Hash.node(d.get(4), d.get(5));
    Hash j = d.get(6);
    Hash k = Hash.node(g, h);
    Hash l = Hash.node(i, j);
    LogReader seven = new LogReader(TileSource.directory(directory), 7);
    assertThat(seven.inclusion(0).path()).containsExactly(d.get(1), h, l);
    assertThat(seven.inclusion(3).path()).containsExactly(d.get(2), g, l);
    assertThat(seven.inclusion(4).path()).containsExactly(d.get(5), j, k);
    assertThat(seven.inclusion(6).path()).containsExactly(i, k);
    assertThat(seven.consistency(3).path()).containsExactly(d.get(2), d.get(3), g, l);
    assertThat(seven.consistency(4).path()).containsExactly(l);
    assertThat(seven.consistency(6).path()).containsExactly(i, j, k);
    Hash root = Hash.node(k, l);
    assertThat(seven.inclusion(3).verifies(d.get(3), root)).isTrue();
    assertThat(seven.consistency(3).verifies(Hash.node(g, d.get(2)), root)).isTrue();
  }
}
