package dev.slipway.bench.edge;

import dev.slipway.app.edge.Instance;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;

/**
 * Asks at a fixed rate, whether or not earlier requests have been answered, and counts the latency
 * of each from the moment it was due, so that a pause is felt by every request that fell into it
 * (coordinated omission avoided).
 */
final class OpenLoop {
  private static final int CONNECTIONS = 64;
  private static final long LONGEST_MICROS = 10_000_000;

  private OpenLoop() {}

  static Latency run(Vertx vertx, Instance way, int rate, Duration length) {
    HttpClient client = vertx.createHttpClient(new PoolOptions().setHttp1MaxSize(CONNECTIONS));
    Histogram micros = new ConcurrentHistogram(LONGEST_MICROS, 3);
    AtomicLong errors = new AtomicLong();
    long requests = rate * length.toSeconds();
    AtomicLong open = new AtomicLong(requests);
    Promise<Void> over = Promise.promise();
    long gap = 1_000_000_000L / rate;
    long due = System.nanoTime();
    for (long i = 0; i < requests; i++) {
      due += gap;
      LockSupport.parkNanos(due - System.nanoTime());
      long from = due;
      client
          .request(HttpMethod.GET, way.port(), way.host(), "/orders/17")
          .compose(
              request ->
                  request
                      .idleTimeout(LONGEST_MICROS / 1_000)
                      .send()
                      .compose(answer -> answer.body().map(answer.statusCode())))
          .onComplete(
              ended -> {
                // A thread may wake a little early; nothing is answered before it was due.
                long took = Math.clamp((System.nanoTime() - from) / 1_000, 0, LONGEST_MICROS);
                micros.recordValue(took);
                if (ended.failed() || ended.result() != 200) {
                  errors.incrementAndGet();
                }
                if (open.decrementAndGet() == 0) {
                  over.complete();
                }
              });
    }
    over.future().toCompletionStage().toCompletableFuture().join();
    client.close().toCompletionStage().toCompletableFuture().join();
    return new Latency(micros, errors.get());
  }
}
