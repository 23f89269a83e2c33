package dev.slipway.app.demo;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CancellationException;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Ends everything the demo started, in reverse order, once: when it is closed, or when this process
 * is told to end. What is being started at that moment is waited for and then ended; nothing can be
 * started afterwards.
 */
final class Cleanup implements AutoCloseable {
  private final Deque<AutoCloseable> parts = new ArrayDeque<>();
  private final ReentrantLock lock = new ReentrantLock();
  private final Consumer<String> complaints;
  private final Thread hook = new Thread(this::interrupt, "demo-cleanup");
  private volatile boolean ending;
  private volatile boolean interrupted;

  /**
   * @param complaints told of an early end, and of what does not end, a sentence each
   */
  Cleanup(Consumer<String> complaints) {
    this.complaints = complaints;
    Runtime.getRuntime().addShutdownHook(hook);
  }

  /**
   * Starts a part that has to be closed.
   *
   * @throws CancellationException if the demo is ending already
   */
  <T extends AutoCloseable> T own(Supplier<T> start) {
    lock.lock();
    try {
      requireGoing();
      T part = start.get();
      parts.push(part);
      return part;
    } finally {
      lock.unlock();
    }
  }

  /**
   * Starts a program that must not outlive the demo.
   *
   * @throws CancellationException if the demo is ending already
   */
  Process started(Supplier<Process> start) {
    lock.lock();
    try {
      requireGoing();
      Process process = start.get();
      parts.push(() -> endTree(process));
      return process;
    } finally {
      lock.unlock();
    }
  }

  private void requireGoing() {
    if (ending) {
      throw new CancellationException("the demo is ending");
    }
  }

  /** Whether the process was told to end before the demo was over. */
  boolean interrupted() {
    return interrupted;
  }

  private void interrupt() {
    interrupted = true;
    complaints.accept("told to end; it ends what it started");
    endAll();
  }

  private static void endTree(Process process) {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
  }

  private void endAll() {
    ending = true;
    lock.lock();
    try {
      while (!parts.isEmpty()) {
        AutoCloseable part = parts.pop();
        try {
          part.close();
        } catch (Exception e) {
          complaints.accept("does not end: " + e);
        }
      }
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void close() {
    endAll();
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // The process is ending already; the hook found, or finds, nothing left to end.
      return;
    }
  }
}
