package dev.slipway.ledger;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Content beside the log, under its SHA-256: what is too long for an entry, or may have to be
 * erased one day. An entry that names the digest vouches for it.
 */
public final class Blobs {
  /** The largest blob, 64 MiB. */
  public static final int MAX_BYTES = TileSource.MAX_BYTES;

  static final String DIRECTORY = "blobs";

  private final Disk disk;
  private final Path directory;
  private final ReentrantLock lock = new ReentrantLock();

  Blobs(Disk disk, Path directory) {
    this.disk = disk;
    this.directory = directory;
  }

  /** Where a blob lies below the log's directory or URL prefix. */
  public static String path(Hash digest) {
    String hex = digest.hex();
    return DIRECTORY + "/" + hex.substring(0, 2) + "/" + hex;
  }

  /**
   * Reads a blob and checks it.
   *
   * @return empty if there is none, or no longer
   * @throws LogDamaged if the content does not have the digest
   * @throws LedgerException if it cannot be read
   */
  public static Optional<byte[]> get(TileSource source, Hash digest) {
    try {
      Optional<byte[]> content = source.read(path(digest));
      if (content.isPresent() && !Hash.sha256(content.get()).equals(digest)) {
        throw new LogDamaged(path(digest) + " is damaged; restore it from a backup");
      }
      return content;
    } catch (IOException e) {
      throw new LedgerException("cannot read " + path(digest) + ": " + e, e);
    }
  }

  /** {@link #get(TileSource, Hash)} from this log's directory. */
  public Optional<byte[]> get(Hash digest) {
    return get(TileSource.directory(directory), digest);
  }

  /** Whether there is content of this digest; it is not read. */
  public boolean has(Hash digest) {
    return Files.isRegularFile(directory.resolve(path(digest)), LinkOption.NOFOLLOW_LINKS);
  }

  /**
   * Keeps the content; durable when this returns. Putting the same content again does nothing.
   *
   * @return its digest
   * @throws IllegalArgumentException if it has more than {@link #MAX_BYTES}
   * @throws LogDamaged if the digest's file is there with other content
   * @throws LedgerException if it cannot be written
   */
  public Hash put(byte[] content) {
    if (content.length > MAX_BYTES) {
      throw new IllegalArgumentException(
          "a blob has at most %d bytes, this one has %d".formatted(MAX_BYTES, content.length));
    }
    Hash digest = Hash.sha256(content);
    Path file = directory.resolve(path(digest));
    lock.lock();
    try {
      if (get(digest).isEmpty()) {
        disk.createDirectory(parent(file));
        disk.replace(file, content);
        disk.syncDirectory(parent(file));
      }
      return digest;
    } catch (IOException e) {
      throw new LedgerException("cannot write " + file + ": " + e, e);
    } finally {
      lock.unlock();
    }
  }

  /**
   * Erases the content for good; the entries that name its digest stay. Does nothing if there is
   * none.
   *
   * @throws LedgerException if it cannot be erased
   */
  public void erase(Hash digest) {
    Path file = directory.resolve(path(digest));
    lock.lock();
    try {
      if (Files.deleteIfExists(file)) {
        disk.syncDirectory(parent(file));
      }
    } catch (IOException e) {
      throw new LedgerException("cannot erase " + file + ": " + e, e);
    } finally {
      lock.unlock();
    }
  }

  private Path parent(Path file) {
    Path parent = file.getParent();
    return parent == null ? directory : parent;
  }
}
