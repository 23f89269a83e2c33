package dev.slipway.ledger;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The unfinished tiles of a growing tree, one per level: all that is needed to add to it and to
 * know its root. Used by one thread.
 */
final class RightEdge {
  /** A tile that has got its last hash. */
  static final class FullTile {
    final int level;
    final long index;
    final byte[] hashes;

    private FullTile(int level, long index, byte[] hashes) {
      this.level = level;
      this.index = index;
      this.hashes = hashes;
    }
  }

  private static final class Level {
    byte[] hashes = new byte[TilePath.WIDTH * Hash.BYTES];
    long index;
    int width;

    Level copy() {
      Level copy = new Level();
      copy.hashes = hashes.clone();
      copy.index = index;
      copy.width = width;
      return copy;
    }
  }

  private final TreeHasher hasher = new TreeHasher();
  private final List<Level> levels = new ArrayList<>();

  /** The edge of a tree whose tiles exist. */
  static RightEdge load(TileReader reader, long size) {
    RightEdge edge = new RightEdge();
    for (int number = 0; number < 8 && size >>> (8 * number) > 0; number++) {
      Level level = edge.level(number);
      level.index = size >>> (8 * number) >>> 8;
      level.width = TilePath.width(number, level.index, size);
      if (level.width > 0) {
        byte[] tile = reader.tile(number, level.index);
        System.arraycopy(tile, 0, level.hashes, 0, level.width * Hash.BYTES);
      }
    }
    return edge;
  }

  RightEdge copy() {
    RightEdge copy = new RightEdge();
    levels.forEach(level -> copy.levels.add(level.copy()));
    return copy;
  }

  /** Adds the next hash of a level; 0 are the leaves. Returns the tiles that are full now. */
  List<FullTile> add(int number, byte[] source, int offset) {
    Level level = level(number);
    System.arraycopy(source, offset, level.hashes, level.width * Hash.BYTES, Hash.BYTES);
    level.width++;
    if (level.width < TilePath.WIDTH) {
      return List.of();
    }
    FullTile full = new FullTile(number, level.index, level.hashes);
    level.hashes = new byte[TilePath.WIDTH * Hash.BYTES];
    level.index++;
    level.width = 0;
    byte[] root = new byte[Hash.BYTES];
    hasher.root(full.hashes, 0, TilePath.WIDTH, root, 0);
    List<FullTile> tiles = new ArrayList<>(List.of(full));
    tiles.addAll(add(number + 1, root, 0));
    return tiles;
  }

  /** The tree hash: the perfect subtrees along the edge, folded from the right. */
  Hash root() {
    Optional<byte[]> root = Optional.empty();
    for (Level level : levels) {
      for (int end = level.width; end > 0; end &= end - 1) {
        int count = Integer.lowestOneBit(end);
        byte[] subtree = new byte[Hash.BYTES];
        hasher.root(level.hashes, (end - count) * Hash.BYTES, count, subtree, 0);
        root.ifPresent(right -> hasher.node(subtree, 0, right, 0, subtree, 0));
        root = Optional.of(subtree);
      }
    }
    return root.map(Hash::of).orElseGet(Hash::emptyRoot);
  }

  int levels() {
    return levels.size();
  }

  long index(int number) {
    return levels.get(number).index;
  }

  int width(int number) {
    return levels.get(number).width;
  }

  /** The hashes of a level's unfinished tile, side by side; a copy. */
  byte[] hashes(int number) {
    Level level = levels.get(number);
    return Arrays.copyOf(level.hashes, level.width * Hash.BYTES);
  }

  private Level level(int number) {
    while (levels.size() <= number) {
      levels.add(new Level());
    }
    return levels.get(number);
  }
}
