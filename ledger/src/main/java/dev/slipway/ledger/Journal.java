package dev.slipway.ledger;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The write-ahead journal: segments in the directory {@code journal}, named by their first index.
 * The writer appends, the publisher trims.
 */
final class Journal implements Closeable {
  static final long SEGMENT_BYTES = 64L << 20;

  private final Disk disk;
  private final Path directory;
  private final ReentrantLock lock = new ReentrantLock();
  private final Deque<JournalSegment> segments = new ArrayDeque<>();

  /** Starts with an empty segment. */
  Journal(Disk disk, Path directory, long first) throws IOException {
    this.disk = disk;
    this.directory = directory;
    segments.add(JournalSegment.start(disk, directory, first));
  }

  /** Writes a batch, in one segment as a whole. Durable when it returns. */
  void append(List<Sequenced> batch) throws IOException {
    current(batch.getFirst().index).append(batch);
  }

  private JournalSegment current(long next) throws IOException {
    lock.lock();
    try {
      if (segments.getLast().bytes() >= SEGMENT_BYTES) {
        roll(next);
      }
      return segments.getLast();
    } finally {
      lock.unlock();
    }
  }

  private void roll(long next) throws IOException {
    segments.getLast().close();
    segments.add(JournalSegment.start(disk, directory, next));
  }

  /** Leaves an empty segment behind, all entries before {@code published} being in the tiles. */
  void finish(long published) throws IOException {
    lock.lock();
    try {
      if (segments.getLast().bytes() > 0) {
        roll(published);
      }
    } finally {
      lock.unlock();
    }
    delete(obsolete(published));
  }

  /** Segments that hold only entries before {@code published}; none of them is still written. */
  List<Path> obsolete(long published) {
    lock.lock();
    try {
      List<Path> files = new ArrayList<>();
      while (segments.size() > 1 && second().first <= published) {
        files.add(segments.removeFirst().file);
      }
      return files;
    } finally {
      lock.unlock();
    }
  }

  private JournalSegment second() {
    var each = segments.iterator();
    each.next();
    return each.next();
  }

  static void delete(List<Path> files) throws IOException {
    for (Path file : files) {
      Files.delete(file);
    }
  }

  @Override
  public void close() throws IOException {
    segments.getLast().close();
  }
}
