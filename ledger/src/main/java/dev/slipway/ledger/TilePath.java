package dev.slipway.ledger;

/** Paths of the static layout (C2SP tlog-tiles). */
final class TilePath {
  /** Hashes in a full tile, entries in a full bundle. */
  static final int WIDTH = 256;

  static final String CHECKPOINT = "checkpoint";

  private TilePath() {}

  static String tile(int level, long index, int width) {
    return "tile/" + level + "/" + name(index, width);
  }

  static String bundle(long index, int width) {
    return "tile/entries/" + name(index, width);
  }

  /** How many hashes tile {@code index} of {@code level} has in a tree of this size; 0 if none. */
  static int width(int level, long index, long treeSize) {
    long hashes = level >= 8 ? 0 : treeSize >>> (8 * level);
    return Math.clamp(hashes - index * WIDTH, 0, WIDTH);
  }

  private static String name(long index, int width) {
    String digits = Long.toString(index);
    digits = "0".repeat((3 - digits.length() % 3) % 3) + digits;
    StringBuilder name = new StringBuilder();
    for (int i = 0; i < digits.length() - 3; i += 3) {
      name.append('x').append(digits, i, i + 3).append('/');
    }
    name.append(digits, digits.length() - 3, digits.length());
    return width == WIDTH ? name.toString() : name.append(".p/").append(width).toString();
  }
}
