package dev.slipway.ledger;

import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A path of the static layout (C2SP tlog-tiles): a tile of hashes or a bundle of entries.
 *
 * @param level of a tile; empty for a bundle
 * @param index within the level
 * @param width number of hashes or entries: 256, or fewer if it is partial
 */
record TilePath(OptionalInt level, long index, int width) {
  /** Hashes in a full tile, entries in a full bundle. */
  static final int WIDTH = 256;

  private static final int MAX_LEVEL = 63;

  static final String CHECKPOINT = "checkpoint";

  private static final Pattern FORM =
      Pattern.compile(
          "tile/(?:entries|(?<level>[0-9]{1,2}))/(?<index>(?:x[0-9]{3}/){0,4}[0-9]{3})(?:\\.p/(?<width>[0-9]{1,3}))?");

  static String tile(int level, long index, int width) {
    return new TilePath(OptionalInt.of(level), index, width).text();
  }

  static String bundle(long index, int width) {
    return new TilePath(OptionalInt.empty(), index, width).text();
  }

  /** Parses a path; there is exactly one for each tile. */
  static Optional<TilePath> parse(String path) {
    Matcher form = FORM.matcher(path);
    if (!form.matches()) {
      return Optional.empty();
    }
    String level = form.group("level");
    String width = form.group("width");
    TilePath parsed =
        new TilePath(
            level == null ? OptionalInt.empty() : OptionalInt.of(Integer.parseInt(level)),
            Long.parseLong(form.group("index").replaceAll("[x/]", "")),
            width == null ? WIDTH : Integer.parseInt(width));
    boolean inRange =
        parsed.level.orElse(0) <= MAX_LEVEL
            && parsed.width > 0
            && (width == null || parsed.width < WIDTH);
    return inRange && parsed.text().equals(path) ? Optional.of(parsed) : Optional.empty();
  }

  /** How many bundles a tree of this size has, the partial one included. */
  static long bundles(long treeSize) {
    return treeSize / WIDTH + (treeSize % WIDTH > 0 ? 1 : 0);
  }

  /** How many hashes tile {@code index} of {@code level} has in a tree of this size; 0 if none. */
  static int width(int level, long index, long treeSize) {
    long hashes = level >= 8 ? 0 : treeSize >>> (8 * level);
    return Math.clamp(hashes - index * WIDTH, 0, WIDTH);
  }

  /** Whether a tree of this size has all hashes of this tile. */
  boolean isCoveredBy(long treeSize) {
    return width(level.orElse(0), index, treeSize) >= width;
  }

  /** The path below the log's prefix. */
  String text() {
    String layer = level.isPresent() ? Integer.toString(level.getAsInt()) : "entries";
    String digits = Long.toString(index);
    digits = "0".repeat((3 - digits.length() % 3) % 3) + digits;
    StringBuilder text = new StringBuilder("tile/").append(layer).append('/');
    for (int i = 0; i < digits.length() - 3; i += 3) {
      text.append('x').append(digits, i, i + 3).append('/');
    }
    text.append(digits, digits.length() - 3, digits.length());
    return width == WIDTH ? text.toString() : text.append(".p/").append(width).toString();
  }
}
