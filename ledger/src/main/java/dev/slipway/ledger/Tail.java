package dev.slipway.ledger;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The durable entries that no published checkpoint covers yet, between the writer who adds them and
 * the publisher who takes them; readers find them here meanwhile.
 */
final class Tail {
  /** The writer waits for the publisher at this many bytes. */
  static final long MAX_BYTES = 64L << 20;

  private final long intervalNanos;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final List<Sequenced> entries = new ArrayList<>();
  private SignedCheckpoint published;
  private long publishedAt;
  private long bytes;
  private boolean urgent;
  private boolean ended;
  private Optional<LogReadOnly> fault = Optional.empty();

  Tail(SignedCheckpoint published, long intervalNanos) {
    this.published = published;
    this.intervalNanos = intervalNanos;
    this.publishedAt = System.nanoTime() - intervalNanos;
  }

  /** Adds durable entries. */
  void add(List<Sequenced> batch) {
    lock.lock();
    try {
      entries.addAll(batch);
      for (Sequenced entry : batch) {
        bytes += entry.bytes.length;
      }
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Waits until the publisher has kept up. */
  void awaitRoom() {
    lock.lock();
    try {
      while (bytes > MAX_BYTES && fault.isEmpty()) {
        urgent = true;
        changed.signalAll();
        changed.awaitUninterruptibly();
      }
    } finally {
      lock.unlock();
    }
  }

  /** What is to be published next, once it is time for it; empty when all is done. */
  List<Sequenced> awaitDue() throws InterruptedException {
    lock.lock();
    try {
      while (true) {
        long left = publishedAt + intervalNanos - System.nanoTime();
        if (ended || (!entries.isEmpty() && (urgent || left <= 0))) {
          return List.copyOf(entries);
        }
        if (entries.isEmpty()) {
          changed.await();
        } else {
          changed.await(left, TimeUnit.NANOSECONDS);
        }
      }
    } finally {
      lock.unlock();
    }
  }

  /** Notes that a checkpoint is out; what it covers is found in the tiles from now on. */
  void published(SignedCheckpoint checkpoint) {
    lock.lock();
    try {
      int covered = (int) (checkpoint.checkpoint().size() - published.checkpoint().size());
      List<Sequenced> gone = entries.subList(0, covered);
      for (Sequenced entry : gone) {
        bytes -= entry.bytes.length;
      }
      gone.clear();
      published = checkpoint;
      publishedAt = System.nanoTime();
      urgent = false;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Waits until a checkpoint covers everything added so far. */
  SignedCheckpoint awaitPublished() {
    lock.lock();
    try {
      long target = sizeLocked();
      while (published.checkpoint().size() < target) {
        if (fault.isPresent()) {
          throw fault.get().again();
        }
        urgent = true;
        changed.signalAll();
        changed.awaitUninterruptibly();
      }
      return published;
    } finally {
      lock.unlock();
    }
  }

  /** An entry that is not in the tiles yet. */
  Optional<Sequenced> find(long index) {
    lock.lock();
    try {
      long offset = index - published.checkpoint().size();
      return offset < 0 || offset >= entries.size()
          ? Optional.empty()
          : Optional.of(entries.get((int) offset));
    } finally {
      lock.unlock();
    }
  }

  SignedCheckpoint published() {
    lock.lock();
    try {
      return published;
    } finally {
      lock.unlock();
    }
  }

  /** Number of durable entries of the log. */
  long size() {
    lock.lock();
    try {
      return sizeLocked();
    } finally {
      lock.unlock();
    }
  }

  private long sizeLocked() {
    return published.checkpoint().size() + entries.size();
  }

  /** Nothing will be added any more: the publisher finishes. */
  void end() {
    lock.lock();
    try {
      ended = true;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Why nothing will be published any more, if so. */
  Optional<LogReadOnly> fault() {
    lock.lock();
    try {
      return fault;
    } finally {
      lock.unlock();
    }
  }

  /** Publishing or writing failed: nobody waits for it any more. */
  void fail(LogReadOnly reason) {
    lock.lock();
    try {
      if (fault.isEmpty()) {
        fault = Optional.of(reason);
      }
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }
}
