package dev.slipway.ledger;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Where callers hand their entries to the one writer. Bounded: at {@link #MAX_WAITING} entries the
 * next caller waits. What was let in is always answered.
 */
final class Intake {
  static final int MAX_WAITING = 4096;
  static final int MAX_BATCH_BYTES = 1 << 20;

  /** What became of a request. */
  sealed interface Outcome {
    record Stands(Appended at) implements Outcome {}

    record Conflicts(long index) implements Outcome {}

    record Refused(LogReadOnly why) implements Outcome {}
  }

  static final class Request {
    final Hash key;
    final Hash leaf;
    final byte[] bytes;
    final CompletableFuture<Outcome> outcome = new CompletableFuture<>();

    Request(Hash key, Hash leaf, byte[] bytes) {
      this.key = key;
      this.leaf = leaf;
      this.bytes = bytes;
    }
  }

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition room = lock.newCondition();
  private final Condition work = lock.newCondition();
  private final ArrayDeque<Request> waiting = new ArrayDeque<>();
  private Optional<LogReadOnly> ended = Optional.empty();

  /** Hands in a request, waiting for room without heeding interrupts: its outcome must be known. */
  void put(Request request) {
    lock.lock();
    try {
      while (ended.isEmpty() && waiting.size() >= MAX_WAITING) {
        room.awaitUninterruptibly();
      }
      if (ended.isPresent()) {
        throw ended.get().again();
      }
      waiting.add(request);
      work.signal();
    } finally {
      lock.unlock();
    }
  }

  /** The next batch, in the order of arrival; empty once the intake has ended and is drained. */
  List<Request> take() {
    lock.lock();
    try {
      while (waiting.isEmpty() && ended.isEmpty()) {
        work.awaitUninterruptibly();
      }
      List<Request> batch = new ArrayList<>();
      for (int bytes = 0; !waiting.isEmpty() && bytes < MAX_BATCH_BYTES; ) {
        Request request = waiting.remove();
        bytes += request.bytes.length + JournalSegment.ENTRY_OVERHEAD;
        batch.add(request);
      }
      room.signalAll();
      return batch;
    } finally {
      lock.unlock();
    }
  }

  /** Lets nobody in any more. The first reason stands. */
  void end(LogReadOnly reason) {
    lock.lock();
    try {
      if (ended.isEmpty()) {
        ended = Optional.of(reason);
      }
      room.signalAll();
      work.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Why the log takes no more entries, if so. */
  Optional<LogReadOnly> ended() {
    lock.lock();
    try {
      return ended;
    } finally {
      lock.unlock();
    }
  }
}
