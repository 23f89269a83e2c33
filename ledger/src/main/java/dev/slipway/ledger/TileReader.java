package dev.slipway.ledger;

import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** Reads the tiles and bundles that belong to a tree of a given size. */
final class TileReader {
  private final TileSource source;
  private final long size;

  TileReader(TileSource source, long size) {
    this.source = source;
    this.size = size;
  }

  /** The hashes that a tile has at this tree size, side by side. */
  byte[] tile(int level, long index) {
    int width = TilePath.width(level, index, size);
    byte[] bytes =
        read(TilePath.tile(level, index, width), TilePath.tile(level, index, TilePath.WIDTH));
    if (bytes.length != width * Hash.BYTES && bytes.length != TilePath.WIDTH * Hash.BYTES) {
      throw new LogDamaged(
          "%s has %d bytes instead of %d; restore it from a backup"
              .formatted(TilePath.tile(level, index, width), bytes.length, width * Hash.BYTES));
    }
    return bytes;
  }

  /** The entries of a bundle at this tree size. */
  List<byte[]> bundle(long index) {
    int width = TilePath.width(0, index, size);
    byte[] bytes = read(TilePath.bundle(index, width), TilePath.bundle(index, TilePath.WIDTH));
    try {
      return Bundle.parse(bytes, width);
    } catch (IllegalArgumentException e) {
      throw new LogDamaged(
          TilePath.bundle(index, width) + ": " + e.getMessage() + "; restore it from a backup", e);
    }
  }

  Hash leaf(long index) {
    byte[] tile = tile(0, index / TilePath.WIDTH);
    return Hash.at(tile, (int) (index % TilePath.WIDTH) * Hash.BYTES);
  }

  /** A partial file may be gone once the full one is there. */
  private byte[] read(String path, String fullPath) {
    try {
      Optional<byte[]> bytes = source.read(path);
      if (bytes.isEmpty() && !path.equals(fullPath)) {
        bytes = source.read(fullPath);
      }
      return bytes.orElseThrow(
          () -> new LogDamaged(path + " is missing; restore it from a backup"));
    } catch (IOException e) {
      throw new LedgerException("cannot read " + path + ": " + e.getMessage(), e);
    }
  }
}
