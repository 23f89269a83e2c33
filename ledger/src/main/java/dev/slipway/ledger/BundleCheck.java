package dev.slipway.ledger;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;

/** Verifies one bundle against its tile of leaf hashes. */
final class BundleCheck implements Callable<BundleCheck.Result> {
  /** Leaf hashes side by side as computed from the entries, and for a full bundle their root. */
  static final class Result {
    final Optional<byte[]> leaves;
    final byte[] root = new byte[Hash.BYTES];
    final List<Problem> problems;
    final List<byte[]> entries;

    private Result(Optional<byte[]> leaves, List<Problem> problems, List<byte[]> entries) {
      this.leaves = leaves;
      this.entries = entries;
      this.problems = problems;
    }
  }

  /** What of a bundle is needed afterwards. */
  enum Keep {
    HASHES,
    ENTRIES
  }

  private final TileSource source;
  private final long index;
  private final int width;
  private final Keep keep;
  private final TreeHasher hasher = new TreeHasher();
  private final List<Problem> problems = new ArrayList<>();
  private final List<byte[]> entries = new ArrayList<>();

  BundleCheck(TileSource source, long index, long treeSize, Keep keep) {
    this.source = source;
    this.index = index;
    this.width = TilePath.width(0, index, treeSize);
    this.keep = keep;
  }

  @Override
  public Result call() throws IOException {
    Optional<byte[]> leaves = leaves();
    Optional<byte[]> tile = TreeCheck.tile(source, 0, index, width, this::report);
    if (leaves.isPresent() && tile.isPresent()) {
      compare(leaves.get(), tile.get());
    }
    Result result = new Result(leaves, problems, entries);
    if (leaves.isPresent() && width == TilePath.WIDTH) {
      hasher.root(leaves.get(), 0, width, result.root, 0);
    }
    return result;
  }

  private Optional<byte[]> leaves() throws IOException {
    Optional<byte[]> exact = source.read(TilePath.bundle(index, width));
    if (exact.isPresent()) {
      return hash(exact.get(), width);
    }
    Optional<byte[]> full =
        width == TilePath.WIDTH
            ? Optional.empty()
            : source.read(TilePath.bundle(index, TilePath.WIDTH));
    if (full.isEmpty()) {
      report(0, TilePath.bundle(index, width) + " is missing");
      return Optional.empty();
    }
    return hash(full.get(), TilePath.WIDTH);
  }

  /** Hashes the entries that the tree covers; there must be {@code count} in all. */
  private Optional<byte[]> hash(byte[] bundle, int count) {
    byte[] leaves = new byte[width * Hash.BYTES];
    int at = 0;
    for (int i = 0; i < count; i++) {
      if (bundle.length - at < 2) {
        return malformed(i, "has %d entries instead of %d".formatted(i, count));
      }
      int length = (bundle[at] & 0xff) << 8 | (bundle[at + 1] & 0xff);
      at += 2;
      if (bundle.length - at < length) {
        return malformed(i, "ends inside an entry");
      }
      if (i < width) {
        hasher.leaf(bundle, at, length, leaves, i * Hash.BYTES);
        if (keep == Keep.ENTRIES) {
          entries.add(Arrays.copyOfRange(bundle, at, at + length));
        }
      }
      at += length;
    }
    return at == bundle.length
        ? Optional.of(leaves)
        : malformed(count - 1, "has bytes after its last entry");
  }

  private Optional<byte[]> malformed(int entry, String what) {
    report(entry, TilePath.bundle(index, width) + " " + what);
    return Optional.empty();
  }

  private void compare(byte[] leaves, byte[] tile) {
    for (int i = 0; i < width; i++) {
      if (!TreeCheck.same(leaves, tile, i)) {
        report(i, "the entry and its hash in " + TilePath.tile(0, index, width) + " contradict");
      }
    }
  }

  private void report(int entry, String message) {
    problems.add(Problem.at(index * TilePath.WIDTH + entry, message));
  }
}
