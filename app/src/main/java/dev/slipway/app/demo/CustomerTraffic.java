package dev.slipway.app.demo;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;

/**
 * Synthetic customers of production. Open loop: every request has its time, whatever became of the
 * one before; how many come a second can be changed while they come. Three quotes in ten name a
 * customer with the long history, as the shop's front end does and staging's load does not.
 */
final class CustomerTraffic implements AutoCloseable {
  private static final Duration ANSWER_LIMIT = Duration.ofSeconds(10);
  private static final int IN_FLIGHT_MAX = 300;
  private static final long SEED = 20_250_101;
  private static final double ORDERS_SHARE = 0.2;
  private static final double CUSTOMER_SHARE = 0.3;
  private static final String[] SKUS = {"ANVIL", "BOLT", "ROPE", "MAGNET"};

  /**
   * What became of the requests so far.
   *
   * @param sent all that were sent
   * @param failed those answered with 5xx, or not at all
   * @param heldBack those not sent because too many were still unanswered
   */
  record Tally(long sent, long failed, long heldBack) {}

  private final URI base;
  private volatile int perSecond;
  private final HttpClient http =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(ANSWER_LIMIT)
          .proxy(HttpClient.Builder.NO_PROXY)
          .build();
  private final ExecutorService requests = Executors.newVirtualThreadPerTaskExecutor();
  private final Semaphore room = new Semaphore(IN_FLIGHT_MAX);
  private final LongAdder sent = new LongAdder();
  private final LongAdder failed = new LongAdder();
  private final LongAdder heldBack = new LongAdder();
  private final Thread pace;

  private CustomerTraffic(URI base, int perSecond) {
    this.base = base;
    this.perSecond = perSecond;
    this.pace = Thread.ofPlatform().daemon().name("customers").unstarted(this::keepSending);
  }

  static CustomerTraffic start(URI base, int perSecond) {
    CustomerTraffic traffic = new CustomerTraffic(base, perSecond);
    traffic.pace.start();
    return traffic;
  }

  /** From now on so many come a second. */
  void come(int perSecond) {
    this.perSecond = perSecond;
  }

  Tally tally() {
    return new Tally(sent.sum(), failed.sum(), heldBack.sum());
  }

  private void keepSending() {
    Random random = new Random(SEED);
    long due = System.nanoTime();
    try {
      while (!Thread.currentThread().isInterrupted()) {
        due += TimeUnit.SECONDS.toNanos(1) / perSecond;
        TimeUnit.NANOSECONDS.sleep(due - System.nanoTime());
        String path = path(random);
        if (room.tryAcquire()) {
          requests.execute(() -> send(path));
        } else {
          heldBack.increment();
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** What the next customer asks for. */
  static String path(Random random) {
    if (random.nextDouble() < ORDERS_SHARE) {
      return "/orders";
    }
    String quote =
        "/quote?sku=" + SKUS[random.nextInt(SKUS.length)] + "&quantity=" + (1 + random.nextInt(9));
    return random.nextDouble() < CUSTOMER_SHARE ? quote + "&customer=builders-direct" : quote;
  }

  private void send(String path) {
    sent.increment();
    try {
      HttpRequest request =
          HttpRequest.newBuilder(base.resolve(path)).timeout(ANSWER_LIMIT).build();
      if (http.send(request, BodyHandlers.discarding()).statusCode() >= 500) {
        failed.increment();
      }
    } catch (IOException e) {
      // Refused, cut or late: to a customer all of them are a failed request.
      failed.increment();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      room.release();
    }
  }

  @Override
  public void close() {
    pace.interrupt();
    requests.shutdownNow();
    http.shutdownNow();
  }
}
