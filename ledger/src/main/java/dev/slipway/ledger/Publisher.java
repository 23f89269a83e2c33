package dev.slipway.ledger;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * Turns durable entries into tiles and signs for them. A checkpoint is published only when every
 * file it needs is durable.
 */
final class Publisher {
  private final Disk disk;
  private final Path directory;
  private final LedgerOptions options;
  private final TileWriter tiles;

  Publisher(Disk disk, Path directory, LedgerOptions options, TileWriter tiles) {
    this.disk = disk;
    this.directory = directory;
    this.options = options;
    this.tiles = tiles;
  }

  /** Adds the entries to the tree and publishes a checkpoint over all of it. */
  SignedCheckpoint publish(List<Sequenced> entries) throws IOException {
    for (Sequenced entry : entries) {
      tiles.add(entry);
    }
    tiles.flush();
    Checkpoint checkpoint = new Checkpoint(options.origin(), tiles.size(), tiles.root());
    SignedCheckpoint signed = SignedCheckpoint.sign(checkpoint, options.keys());
    disk.replace(directory.resolve(TilePath.CHECKPOINT), signed.note().format());
    disk.syncDirectory(directory);
    return signed;
  }

  /** Deletes partial files that the published tree no longer needs. */
  void dropOutdatedPartials() throws IOException {
    tiles.dropOutdatedPartials();
  }
}
