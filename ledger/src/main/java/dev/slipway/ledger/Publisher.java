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
  private final Witnesses witnesses;

  Publisher(Disk disk, Path directory, LedgerOptions options, TileWriter tiles) {
    this.disk = disk;
    this.directory = directory;
    this.options = options;
    this.tiles = tiles;
    this.witnesses = new Witnesses(options.witnesses(), options.patience());
  }

  /** Adds the entries to the tree and publishes a checkpoint over all of it. */
  SignedCheckpoint publish(List<Sequenced> entries) throws IOException, InterruptedException {
    integrate(entries);
    return sign();
  }

  /** Adds the entries to the tree, durably; nothing is signed yet. */
  LogReader integrate(List<Sequenced> entries) throws IOException {
    for (Sequenced entry : entries) {
      tiles.add(entry);
    }
    tiles.flush();
    return log();
  }

  /** Publishes a checkpoint over the tree. */
  SignedCheckpoint sign() throws IOException, InterruptedException {
    Checkpoint checkpoint = new Checkpoint(options.origin(), tiles.size(), tiles.root());
    SignedCheckpoint signed =
        witnesses.cosign(SignedCheckpoint.sign(checkpoint, options.keys()), log());
    disk.replace(directory.resolve(TilePath.CHECKPOINT), signed.note().format());
    disk.syncDirectory(directory);
    return signed;
  }

  private LogReader log() {
    return new LogReader(TileSource.directory(directory), tiles.size());
  }

  Witnesses witnesses() {
    return witnesses;
  }

  /** Deletes partial files that the published tree no longer needs. */
  void dropOutdatedPartials() throws IOException {
    tiles.dropOutdatedPartials();
  }
}
