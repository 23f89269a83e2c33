package dev.slipway.ledger;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;

/** Recomputes the tree from the entries, bundle by bundle, and compares every tile and root. */
final class TreeCheck {
  /** Bundles that are worked on ahead of the one whose turn it is: 65,536 entries. */
  private static final int AHEAD = 256;

  /** The same where the entries themselves are kept until they are read. */
  private static final int AHEAD_TO_READ = 16;

  /**
   * So many missing bundles in a row, and no more are looked for: a checkpoint can claim any size.
   */
  private static final int MISSING_MAX = 256;

  /**
   * Small files one after another keep a disk or a server waiting: more threads than processors.
   */
  private static final int THREADS = 4 * Runtime.getRuntime().availableProcessors();

  /** Fewer bundles are sooner verified than threads are started. */
  private static final int WORTH_THREADS = 8;

  private final TileSource source;
  private final Checkpoint checkpoint;
  private final Optional<Checkpoint> since;
  private final Problems problems;
  private final VerifyOptions options;
  private final RightEdge edge = new RightEdge();
  private boolean complete = true;

  TreeCheck(
      TileSource source,
      Checkpoint checkpoint,
      Optional<Checkpoint> since,
      Problems problems,
      VerifyOptions options) {
    this.source = source;
    this.checkpoint = checkpoint;
    this.since = since;
    this.problems = problems;
    this.options = options;
  }

  /** Reports a problem with the hash at a position of a tile. */
  interface Report {
    void problem(int position, String message);
  }

  /** The first {@code width} hashes of a tile, from its exact file or from the full one. */
  static Optional<byte[]> tile(TileSource source, int level, long index, int width, Report report)
      throws IOException {
    String path = TilePath.tile(level, index, width);
    String full = TilePath.tile(level, index, TilePath.WIDTH);
    Optional<byte[]> bytes = source.read(path);
    int expected = width;
    if (bytes.isEmpty() && width < TilePath.WIDTH) {
      bytes = source.read(full);
      expected = TilePath.WIDTH;
    }
    if (bytes.isEmpty()) {
      report.problem(0, path + " is missing");
      return Optional.empty();
    }
    if (bytes.get().length != expected * Hash.BYTES) {
      report.problem(
          0,
          "%s has %d bytes instead of %d"
              .formatted(path, bytes.get().length, expected * Hash.BYTES));
      return Optional.empty();
    }
    return bytes;
  }

  static boolean same(byte[] hashes, byte[] others, int position) {
    int from = position * Hash.BYTES;
    int to = from + Hash.BYTES;
    return Arrays.equals(hashes, from, to, others, from, to);
  }

  /** The root that the entries have; empty if some could not be read. */
  Optional<Hash> run() throws IOException {
    long bundles = TilePath.bundles(checkpoint.size());
    Deque<Future<BundleCheck.Result>> ahead = new ArrayDeque<>();
    try (ExecutorService threads = Executors.newFixedThreadPool(THREADS)) {
      try {
        int missing = 0;
        for (long index = 0; index < bundles && missing < MISSING_MAX; index++) {
          while (ahead.size() < window() && index + ahead.size() < bundles) {
            ahead.add(begin(threads, check(index + ahead.size()), bundles));
          }
          missing = takeNext(index, result(ahead.remove())) ? 0 : missing + 1;
        }
      } finally {
        ahead.forEach(unneeded -> unneeded.cancel(true));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new LedgerException("the verification was interrupted", e);
    }
    return finish();
  }

  private static Future<BundleCheck.Result> begin(
      ExecutorService threads, BundleCheck check, long bundles) {
    FutureTask<BundleCheck.Result> task = new FutureTask<>(check);
    if (bundles < WORTH_THREADS) {
      task.run();
    } else {
      threads.execute(task);
    }
    return task;
  }

  private int window() {
    return options.reader().isPresent() ? AHEAD_TO_READ : AHEAD;
  }

  private BundleCheck check(long index) {
    BundleCheck.Keep keep =
        options.reader().isPresent() ? BundleCheck.Keep.ENTRIES : BundleCheck.Keep.HASHES;
    return new BundleCheck(source, index, checkpoint.size(), keep);
  }

  /** Takes in what was found of the bundle whose turn it is; false if it cannot be read. */
  private boolean takeNext(long index, BundleCheck.Result result) throws IOException {
    long first = index * TilePath.WIDTH;
    if (!result.entries.isEmpty()) {
      options.reader().ifPresent(reader -> reader.read(first, result.entries));
    }
    take(index, result);
    if (index % AHEAD == AHEAD - 1 || first + TilePath.WIDTH >= checkpoint.size()) {
      options
          .progress()
          .verified(Math.min(first + TilePath.WIDTH, checkpoint.size()), checkpoint.size());
    }
    return result.leaves.isPresent();
  }

  private static BundleCheck.Result result(Future<BundleCheck.Result> future)
      throws IOException, InterruptedException {
    try {
      return future.get();
    } catch (ExecutionException e) {
      switch (e.getCause()) {
        case IOException failure -> throw failure;
        case null, default -> throw new LedgerException("a bundle could not be verified", e);
      }
    }
  }

  private void take(long index, BundleCheck.Result bundle) throws IOException {
    problems.addAll(bundle.problems);
    if (bundle.leaves.isEmpty()) {
      complete = false;
    }
    if (!complete) {
      return;
    }
    byte[] leaves = bundle.leaves.orElseThrow();
    int width = leaves.length / Hash.BYTES;
    if (since.isPresent() && since.get().size() / TilePath.WIDTH == index) {
      compareSince(leaves, (int) (since.get().size() % TilePath.WIDTH));
    }
    if (width == TilePath.WIDTH) {
      for (RightEdge.FullTile full : edge.add(1, bundle.root, 0)) {
        compare(full.level, full.index, full.hashes);
      }
    } else {
      for (int i = 0; i < width; i++) {
        edge.add(0, leaves, i * Hash.BYTES);
      }
    }
  }

  private void compareSince(byte[] leaves, int count) {
    RightEdge then = edge.copy();
    for (int i = 0; i < count; i++) {
      then.add(0, leaves, i * Hash.BYTES);
    }
    if (!then.root().equals(since.orElseThrow().root())) {
      problems.add(
          Problem.of(
              "the log was forked: its first %d entries are not those of the older checkpoint"
                  .formatted(since.orElseThrow().size())));
    }
  }

  private Optional<Hash> finish() throws IOException {
    if (!complete) {
      return Optional.empty();
    }
    boolean endsWithFullBundle = checkpoint.size() % TilePath.WIDTH == 0;
    if (endsWithFullBundle && since.isPresent() && since.get().size() == checkpoint.size()) {
      compareSince(new byte[0], 0);
    }
    for (int level = 1; level < edge.levels(); level++) {
      if (edge.width(level) > 0) {
        compare(level, edge.index(level), edge.hashes(level));
      }
    }
    Hash root = edge.root();
    if (!root.equals(checkpoint.root())) {
      problems.add(Problem.of("the entries do not have the checkpoint's root"));
    }
    return Optional.of(root);
  }

  private void compare(int level, long index, byte[] hashes) throws IOException {
    int width = hashes.length / Hash.BYTES;
    long covers = 1L << (8 * level);
    Report report =
        (position, message) ->
            problems.add(Problem.at((index * TilePath.WIDTH + position) * covers, message));
    Optional<byte[]> tile = tile(source, level, index, width, report);
    for (int i = 0; tile.isPresent() && i < width; i++) {
      if (!same(hashes, tile.get(), i)) {
        report.problem(
            i,
            "the entries do not have the hash %d in %s"
                .formatted(i, TilePath.tile(level, index, width)));
      }
    }
  }
}
