package dev.slipway.app;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

/**
 * Live traffic on production, from the moment that there is a production: 330 requests a second, or
 * as many as 32 visitors get who wait for their answers.
 */
final class Visitors implements AutoCloseable {
  private static final long GAP_NANOS = 3_000_000;

  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final Semaphore room = new Semaphore(32);
  private final AtomicLong failed = new AtomicLong();
  private final AtomicLong answered = new AtomicLong();
  private final Thread thread;

  Visitors(Supplier<Optional<URI>> production, String path) {
    this.thread = Thread.ofVirtual().start(() -> visit(production, path));
  }

  private void visit(Supplier<Optional<URI>> production, String path) {
    long due = System.nanoTime();
    Optional<URI> at = Optional.empty();
    while (!Thread.currentThread().isInterrupted()) {
      due = Math.max(due + GAP_NANOS, System.nanoTime() - GAP_NANOS * 50);
      LockSupport.parkNanos(due - System.nanoTime());
      if (at.isEmpty()) {
        at = production.get();
      } else {
        HttpRequest request =
            HttpRequest.newBuilder(URI.create(at.get() + path))
                .timeout(Duration.ofSeconds(20))
                .build();
        if (room.tryAcquire()) {
          Thread.ofVirtual().start(() -> send(request));
        }
      }
    }
  }

  private void send(HttpRequest request) {
    try {
      if (http.send(request, BodyHandlers.discarding()).statusCode() == 200) {
        answered.incrementAndGet();
      } else {
        failed.incrementAndGet();
      }
    } catch (IOException e) {
      failed.incrementAndGet();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      room.release();
    }
  }

  long answered() {
    return answered.get();
  }

  long failed() {
    return failed.get();
  }

  @Override
  public void close() throws InterruptedException {
    thread.interrupt();
    thread.join();
  }
}
