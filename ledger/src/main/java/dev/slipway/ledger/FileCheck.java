package dev.slipway.ledger;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Checks the files that a source can list and no checkpoint leads to: partial tiles of smaller
 * trees, which must be beginnings of what is there now, and blobs.
 */
final class FileCheck {
  private final TileSource source;
  private final long size;
  private final Problems problems;

  FileCheck(TileSource source, long size, Problems problems) {
    this.source = source;
    this.size = size;
    this.problems = problems;
  }

  void run() throws IOException {
    for (String path : source.list()) {
      Optional<TilePath> tile = TilePath.parse(path);
      if (tile.isPresent() && tile.get().width() < TilePath.WIDTH) {
        if (tile.get().isCoveredBy(size)) {
          checkPartial(tile.get());
        }
      } else if (path.startsWith(Blobs.DIRECTORY + "/") && !path.endsWith(Disk.PART)) {
        checkBlob(path);
      }
    }
  }

  private void checkPartial(TilePath partial) throws IOException {
    Optional<byte[]> bytes = source.read(partial.text());
    Optional<byte[]> whole = whole(partial);
    if (bytes.isEmpty() || whole.isEmpty()) {
      return; // gone meanwhile, or reported as missing already
    }
    int length = partial.level().isPresent() ? partial.width() * Hash.BYTES : bytes.get().length;
    boolean same =
        bytes.get().length == length
            && length <= whole.get().length
            && Arrays.equals(bytes.get(), Arrays.copyOf(whole.get(), length))
            && (partial.level().isPresent() || hasEntries(bytes.get(), partial.width()));
    if (!same) {
      long covers = 1L << (8 * partial.level().orElse(0));
      problems.add(
          Problem.at(
              partial.index() * TilePath.WIDTH * covers,
              partial.text() + " is not the beginning of the tile at the checkpoint"));
    }
  }

  /** The same tile as wide as the checkpoint has it; {@link TreeCheck} has verified that one. */
  private Optional<byte[]> whole(TilePath partial) throws IOException {
    int width = TilePath.width(partial.level().orElse(0), partial.index(), size);
    Optional<byte[]> exact =
        source.read(new TilePath(partial.level(), partial.index(), width).text());
    return exact.isPresent()
        ? exact
        : source.read(new TilePath(partial.level(), partial.index(), TilePath.WIDTH).text());
  }

  private static boolean hasEntries(byte[] bundle, int count) {
    try {
      List<byte[]> entries = Bundle.parse(bundle, count);
      return Bundle.format(entries).length == bundle.length;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  private void checkBlob(String path) throws IOException {
    Optional<byte[]> content = source.read(path);
    if (content.isPresent() && !Blobs.path(Hash.sha256(content.get())).equals(path)) {
      problems.add(
          Problem.of(Printable.of(path) + " does not have the content that its name says"));
    }
  }
}
