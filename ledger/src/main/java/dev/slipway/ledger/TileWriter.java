package dev.slipway.ledger;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** Grows the tree on disk: writes bundles and tiles as they fill up. Used by one thread. */
final class TileWriter {
  private final Disk disk;
  private final Path directory;
  private final RightEdge edge;
  private final List<byte[]> bundle = new ArrayList<>();
  private final Set<String> partials = new HashSet<>();
  private final Set<Path> unsynced = new HashSet<>();
  private final List<Path> outdated = new ArrayList<>();
  private long size;

  private TileWriter(Disk disk, Path directory, RightEdge edge, long size) {
    this.disk = disk;
    this.directory = directory;
    this.edge = edge;
    this.size = size;
  }

  /**
   * Takes up a tree where its checkpoint left it.
   *
   * @throws LogDamaged if the right edge of the tree does not have the checkpoint's root
   */
  static TileWriter load(Disk disk, Path directory, Checkpoint at) {
    TileReader reader = new TileReader(TileSource.directory(directory), at.size());
    RightEdge edge = RightEdge.load(reader, at.size());
    if (!edge.root().equals(at.root())) {
      throw new LogDamaged(
          "the tiles in %s do not have the root of its checkpoint; run verify to find which, and restore them from a backup"
              .formatted(directory));
    }
    TileWriter writer = new TileWriter(disk, directory, edge, at.size());
    if (at.size() % TilePath.WIDTH > 0) {
      writer.loadBundle(reader.bundle(at.size() / TilePath.WIDTH));
    }
    return writer;
  }

  private void loadBundle(List<byte[]> entries) {
    byte[] leaves = edge.hashes(0);
    for (byte[] entry : entries) {
      if (!Hash.leaf(entry).equals(Hash.at(leaves, bundle.size() * Hash.BYTES))) {
        throw new LogDamaged(
            "entry %d in %s does not have the hash in its tile; restore it from a backup"
                .formatted(size - entries.size() + bundle.size(), directory));
      }
      bundle.add(entry);
    }
  }

  long size() {
    return size;
  }

  /** The tree hash of what was added. */
  Hash root() {
    return edge.root();
  }

  /** Adds the next entry; what is complete is written, the rest only by {@link #flush}. */
  void add(Sequenced entry) throws IOException {
    bundle.add(entry.bytes);
    size++;
    if (bundle.size() == TilePath.WIDTH) {
      long index = entry.index / TilePath.WIDTH;
      write(TilePath.bundle(index, TilePath.WIDTH), Bundle.format(bundle));
      outdated.add(parent(TilePath.bundle(index, 1)));
      bundle.clear();
    }
    for (RightEdge.FullTile full : edge.add(0, entry.leaf.bytes(), 0)) {
      write(TilePath.tile(full.level, full.index, TilePath.WIDTH), full.hashes);
      outdated.add(parent(TilePath.tile(full.level, full.index, 1)));
    }
  }

  /** Writes the partial tiles and makes all that was written durable. */
  void flush() throws IOException {
    Set<String> current = new HashSet<>();
    for (int level = 0; level < edge.levels(); level++) {
      if (edge.width(level) > 0) {
        String path = TilePath.tile(level, edge.index(level), edge.width(level));
        current.add(path);
        if (!partials.contains(path)) {
          write(path, edge.hashes(level));
        }
      }
    }
    if (!bundle.isEmpty()) {
      write(TilePath.bundle(edge.index(0), bundle.size()), Bundle.format(bundle));
    }
    partials.clear();
    partials.addAll(current);
    for (Path written : unsynced) {
      disk.syncDirectory(written);
    }
    unsynced.clear();
  }

  /** Deletes the partial files whose full ones are durable and published. */
  void dropOutdatedPartials() throws IOException {
    for (Path directory : outdated) {
      if (Files.isDirectory(directory)) {
        try (Stream<Path> files = Files.list(directory)) {
          for (Path file : files.toList()) {
            Files.delete(file);
          }
        }
        Files.delete(directory);
      }
    }
    outdated.clear();
  }

  private void write(String path, byte[] content) throws IOException {
    disk.createDirectory(parent(path));
    disk.replace(directory.resolve(path), content);
    unsynced.add(parent(path));
  }

  private Path parent(String path) {
    return directory.resolve(path.substring(0, path.lastIndexOf('/')));
  }
}
