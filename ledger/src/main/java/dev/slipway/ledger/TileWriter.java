package dev.slipway.ledger;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Grows the tree: keeps its right edge in memory and writes bundles and tiles. Used by one thread.
 */
final class TileWriter {
  /** The tile of one level that is not full yet. */
  private static final class Edge {
    final byte[] hashes = new byte[TilePath.WIDTH * Hash.BYTES];
    long index;
    int width;
    int writtenWidth;
  }

  private final Disk disk;
  private final Path directory;
  private final TreeHasher hasher = new TreeHasher();
  private final List<Edge> edges = new ArrayList<>();
  private final List<byte[]> bundle = new ArrayList<>();
  private final Set<Path> unsyncedDirectories = new HashSet<>();
  private final List<Path> outdatedPartials = new ArrayList<>();
  private long size;

  private TileWriter(Disk disk, Path directory) {
    this.disk = disk;
    this.directory = directory;
  }

  /**
   * Takes up a tree where its checkpoint left it.
   *
   * @throws LogDamaged if the right edge of the tree does not have the checkpoint's root
   */
  static TileWriter load(Disk disk, Path directory, Checkpoint at) {
    TileWriter writer = new TileWriter(disk, directory);
    TileReader reader = new TileReader(TileSource.directory(directory), at.size());
    writer.size = at.size();
    for (int level = 0; level < 8 && at.size() >>> (8 * level) > 0; level++) {
      Edge edge = writer.edge(level);
      edge.index = at.size() >>> (8 * (level + 1));
      edge.width = TilePath.width(level, edge.index, at.size());
      edge.writtenWidth = edge.width;
      if (edge.width > 0) {
        byte[] tile = reader.tile(level, edge.index);
        System.arraycopy(tile, 0, edge.hashes, 0, edge.width * Hash.BYTES);
      }
    }
    if (!writer.root().equals(at.root())) {
      throw new LogDamaged(
          "the tiles in %s do not have the root of its checkpoint; run verify to find which, and restore them from a backup"
              .formatted(directory));
    }
    writer.loadBundle(reader);
    return writer;
  }

  private void loadBundle(TileReader reader) {
    if (size % TilePath.WIDTH == 0) {
      return;
    }
    bundle.addAll(reader.bundle(size / TilePath.WIDTH));
    for (int i = 0; i < bundle.size(); i++) {
      if (!Hash.leaf(bundle.get(i)).equals(Hash.at(edges.getFirst().hashes, i * Hash.BYTES))) {
        throw new LogDamaged(
            "entry %d in %s does not have the hash in its tile; restore it from a backup"
                .formatted(size - bundle.size() + i, directory));
      }
    }
  }

  long size() {
    return size;
  }

  /** Adds the next entry; complete bundles and tiles are written, not yet the rest. */
  void add(Sequenced entry) throws IOException {
    bundle.add(entry.bytes);
    size++;
    if (bundle.size() == TilePath.WIDTH) {
      write(TilePath.bundle(entry.index / TilePath.WIDTH, TilePath.WIDTH), Bundle.format(bundle));
      outdated(TilePath.bundle(entry.index / TilePath.WIDTH, 1));
      bundle.clear();
    }
    byte[] leaf = entry.leaf.bytes();
    put(0, leaf);
  }

  private void put(int level, byte[] hash) throws IOException {
    Edge edge = edge(level);
    System.arraycopy(hash, 0, edge.hashes, edge.width * Hash.BYTES, Hash.BYTES);
    edge.width++;
    if (edge.width < TilePath.WIDTH) {
      return;
    }
    write(TilePath.tile(level, edge.index, TilePath.WIDTH), edge.hashes);
    outdated(TilePath.tile(level, edge.index, 1));
    byte[] root = new byte[Hash.BYTES];
    hasher.root(edge.hashes, 0, TilePath.WIDTH, root, 0);
    edge.index++;
    edge.width = 0;
    edge.writtenWidth = 0;
    put(level + 1, root);
  }

  private Edge edge(int level) {
    if (level == edges.size()) {
      edges.add(new Edge());
    }
    return edges.get(level);
  }

  /** Writes the partial tiles and makes all that was written durable. */
  void flush() throws IOException {
    for (int level = 0; level < edges.size(); level++) {
      Edge edge = edges.get(level);
      if (edge.width > edge.writtenWidth) {
        byte[] hashes = Arrays.copyOf(edge.hashes, edge.width * Hash.BYTES);
        if (level == 0) {
          write(TilePath.bundle(edge.index, edge.width), Bundle.format(bundle));
        }
        write(TilePath.tile(level, edge.index, edge.width), hashes);
        edge.writtenWidth = edge.width;
      }
    }
    for (Path written : unsyncedDirectories) {
      disk.syncDirectory(written);
    }
    unsyncedDirectories.clear();
  }

  /** The tree hash of what was added: the perfect subtrees of the edge, folded from the right. */
  Hash root() {
    Optional<byte[]> root = Optional.empty();
    for (Edge edge : edges) {
      for (int end = edge.width; end > 0; end &= end - 1) {
        int count = Integer.lowestOneBit(end);
        byte[] subtree = new byte[Hash.BYTES];
        hasher.root(edge.hashes, (end - count) * Hash.BYTES, count, subtree, 0);
        root.ifPresent(right -> hasher.node(subtree, 0, right, 0, subtree, 0));
        root = Optional.of(subtree);
      }
    }
    return root.map(Hash::of).orElseGet(Hash::emptyRoot);
  }

  /** Deletes the partial files whose full ones are durable and published. */
  void dropOutdatedPartials() throws IOException {
    for (Path partials : outdatedPartials) {
      if (Files.isDirectory(partials)) {
        try (Stream<Path> files = Files.list(partials)) {
          for (Path file : files.toList()) {
            Files.delete(file);
          }
        }
        Files.delete(partials);
      }
    }
    outdatedPartials.clear();
  }

  private void outdated(String onePartial) {
    Path parent = directory.resolve(onePartial).getParent();
    if (parent != null) {
      outdatedPartials.add(parent);
    }
  }

  private void write(String path, byte[] content) throws IOException {
    Path file = directory.resolve(path);
    Path parent = file.getParent();
    if (parent == null) {
      throw new IllegalArgumentException(path + " names no file in a directory");
    }
    disk.createDirectory(parent);
    disk.replace(file, content);
    unsyncedDirectories.add(parent);
  }
}
