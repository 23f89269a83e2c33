package dev.slipway.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The examples of C2SP tlog-tiles. */
class TilePathTest {
  @Test
  void indexesArePaddedPathElements() {
    assertThat(TilePath.tile(0, 1_234_067, 256)).isEqualTo("tile/0/x001/x234/067");
    assertThat(TilePath.tile(3, 0, 7)).isEqualTo("tile/3/000.p/7");
    assertThat(TilePath.bundle(999, 256)).isEqualTo("tile/entries/999");
    assertThat(TilePath.bundle(1000, 1)).isEqualTo("tile/entries/x001/000.p/1");
  }

  @Test
  void aTreeOf70000HasTheTilesOfTheSpecification() {
    assertThat(TilePath.width(0, 272, 70_000)).isEqualTo(256);
    assertThat(TilePath.width(0, 273, 70_000)).isEqualTo(112);
    assertThat(TilePath.width(0, 274, 70_000)).isZero();
    assertThat(TilePath.width(1, 0, 70_000)).isEqualTo(256);
    assertThat(TilePath.width(1, 1, 70_000)).isEqualTo(17);
    assertThat(TilePath.width(2, 0, 70_000)).isEqualTo(1);
    assertThat(TilePath.width(3, 0, 70_000)).isZero();
  }

  @Test
  void aTreeOf256HasAFullTileAndOneAboveIt() {
    assertThat(TilePath.width(0, 0, 256)).isEqualTo(256);
    assertThat(TilePath.width(0, 1, 256)).isZero();
    assertThat(TilePath.width(1, 0, 256)).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "tile/0/000",
        "tile/0/x001/x234/067",
        "tile/entries/000.p/255",
        "tile/63/999.p/1",
        "tile/entries/x999/999"
      })
  void pathsAreReadBack(String path) {
    assertThat(TilePath.parse(path).orElseThrow().text()).isEqualTo(path);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "tile",
        "tile/0/",
        "tile/0/0",
        "tile/00/000",
        "tile/64/000",
        "tile/0/x000/000",
        "tile/0/000.p/0",
        "tile/0/000.p/256",
        "tile/0/000.p/01",
        "tile/0/000.p/",
        "tile/-1/000",
        "tile/0/../../key",
        "tile/0/000/",
        "/tile/0/000",
        "tile/0/٠٠٠"
      })
  void otherPathsAreRefused(String path) {
    assertThat(TilePath.parse(path)).isEmpty();
  }
}
