package dev.slipway.ledger;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/**
 * Reads a log as of one size: entries and proofs. What it returns is as trustworthy as the source;
 * proofs are checked against a checkpoint, whole logs by {@link LogVerifier}. Safe for use by any
 * number of threads.
 */
public final class LogReader {
  private final TileReader tiles;
  private final long size;

  /**
   * @param published size of a checkpoint of the log
   */
  public LogReader(TileSource source, long published) {
    this(new TileReader(source, published), published);
  }

  private LogReader(TileReader tiles, long size) {
    this.tiles = tiles;
    this.size = size;
  }

  /**
   * The same log when it was smaller, whether or not a checkpoint was published then.
   *
   * @throws IndexOutOfBoundsException if it is not smaller
   */
  public LogReader asOf(long smaller) {
    if (smaller < 0 || smaller > size) {
      throw new IndexOutOfBoundsException(
          "a log of %d entries was never one of %d".formatted(size, smaller));
    }
    return new LogReader(tiles, smaller);
  }

  /** How many entries this reader sees. */
  public long size() {
    return size;
  }

  /**
   * The entry at an index.
   *
   * @throws IndexOutOfBoundsException if there is none
   * @throws LogDamaged if its bundle is missing or malformed
   * @throws LedgerException if the source cannot be read
   */
  public byte[] entry(long index) {
    requireIndex(index);
    return tiles.bundle(index / TilePath.WIDTH).get((int) (index % TilePath.WIDTH));
  }

  /**
   * All entries from an index on, in order, read bundle by bundle as the stream is consumed.
   *
   * @throws IndexOutOfBoundsException if the index is negative or beyond the end
   */
  public Stream<byte[]> entries(long from) {
    if (from < 0 || from > size) {
      throw new IndexOutOfBoundsException("entries from %d of %d".formatted(from, size));
    }
    long bundles = TilePath.bundles(size);
    return LongStream.range(from / TilePath.WIDTH, bundles)
        .mapToObj(tiles::bundle)
        .flatMap(List::stream)
        .skip(from % TilePath.WIDTH)
        .limit(size - from);
  }

  /**
   * The tree hash, from the tiles.
   *
   * @throws LogDamaged if a tile is missing or has the wrong length
   */
  public Hash root() {
    return size == 0 ? Hash.emptyRoot() : new Prover().hash(0, size);
  }

  /**
   * Proves that an entry is in the tree of this size.
   *
   * @throws IndexOutOfBoundsException if there is no such entry
   * @throws LogDamaged if a tile is missing or has the wrong length
   */
  public InclusionProof inclusion(long index) {
    requireIndex(index);
    List<Hash> path = new ArrayList<>();
    new Prover().inclusion(index, 0, size, path);
    return new InclusionProof(index, size, path);
  }

  /**
   * Proves that the tree of this size only added to an older one.
   *
   * @throws IndexOutOfBoundsException if the older tree is larger
   * @throws LogDamaged if a tile is missing or has the wrong length
   */
  public ConsistencyProof consistency(long oldSize) {
    if (oldSize < 0 || oldSize > size) {
      throw new IndexOutOfBoundsException(
          "a tree of %d entries does not extend one of %d".formatted(size, oldSize));
    }
    List<Hash> path = new ArrayList<>();
    if (oldSize > 0 && oldSize < size) {
      new Prover().consistency(oldSize, 0, size, path);
    }
    return new ConsistencyProof(oldSize, size, path);
  }

  private void requireIndex(long index) {
    if (index < 0 || index >= size) {
      throw new IndexOutOfBoundsException("entry %d of %d".formatted(index, size));
    }
  }

  /** The recursions of RFC 6962, section 2.1; reads each tile once. */
  private final class Prover {
    private final TreeHasher hasher = new TreeHasher();
    private final Map<TilePath, byte[]> read = new HashMap<>();

    /** PATH(m, D[start:end]), with m counted from the start of the log. */
    void inclusion(long m, long start, long end, List<Hash> path) {
      if (end - start == 1) {
        return;
      }
      long middle = start + Long.highestOneBit(end - start - 1);
      if (m < middle) {
        inclusion(m, start, middle, path);
        path.add(hash(middle, end));
      } else {
        inclusion(m, middle, end, path);
        path.add(hash(start, middle));
      }
    }

    /**
     * SUBPROOF(m, D[start:end], b), with m counted from the start of the log; b is "start is 0".
     */
    void consistency(long m, long start, long end, List<Hash> path) {
      if (m == end) {
        if (start > 0) {
          path.add(hash(start, end));
        }
        return;
      }
      long middle = start + Long.highestOneBit(end - start - 1);
      if (m <= middle) {
        consistency(m, start, middle, path);
        path.add(hash(middle, end));
      } else {
        consistency(m, middle, end, path);
        path.add(hash(start, middle));
      }
    }

    /** MTH(D[start:end]). */
    Hash hash(long start, long end) {
      long leaves = end - start;
      if (Long.bitCount(leaves) == 1) {
        return perfect(start, Long.numberOfTrailingZeros(leaves));
      }
      long middle = start + Long.highestOneBit(leaves - 1);
      return Hash.node(hash(start, middle), hash(middle, end));
    }

    private Hash perfect(long start, int height) {
      int level = height / 8;
      int count = 1 << (height % 8);
      long first = start >>> (8 * level);
      byte[] out = new byte[Hash.BYTES];
      int offset = (int) (first % TilePath.WIDTH) * Hash.BYTES;
      hasher.root(tile(level, first / TilePath.WIDTH), offset, count, out, 0);
      return Hash.of(out);
    }

    private byte[] tile(int level, long index) {
      TilePath path = new TilePath(OptionalInt.of(level), index, TilePath.WIDTH);
      return read.computeIfAbsent(path, any -> tiles.tile(level, index));
    }
  }
}
