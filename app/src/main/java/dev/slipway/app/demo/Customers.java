package dev.slipway.app.demo;

import java.net.URI;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * Production's customers: they come as soon as the edge serves production, most of them while a
 * canary is watched, so that the machine is not kept busy by customers whom nobody looks at.
 */
final class Customers implements AutoCloseable {
  private static final Duration LOOK_AGAIN = Duration.ofMillis(200);

  private final ProductionRoute production;
  private final TrafficRate rate;
  private final Screen screen;
  private final Thread opening;
  private boolean closed;
  private volatile Optional<CustomerTraffic> traffic = Optional.empty();

  private Customers(ProductionRoute production, TrafficRate rate, Screen screen) {
    this.production = production;
    this.rate = rate;
    this.screen = screen;
    this.opening = Thread.ofVirtual().unstarted(this::open);
  }

  /** Waits for production in the background. */
  static Customers waiting(ProductionRoute production, TrafficRate rate, Screen screen) {
    Customers customers = new Customers(production, rate, screen);
    customers.opening.start();
    return customers;
  }

  private void open() {
    try {
      URI base = production.await();
      comeTo(base);
      screen.say("Production is open at " + base + "; its customers come.");
      keepPace();
    } catch (InterruptedException e) {
      // The demo ends.
      Thread.currentThread().interrupt();
    }
  }

  private synchronized void comeTo(URI base) {
    if (!closed) {
      traffic = Optional.of(CustomerTraffic.start(base, rate.quietly()));
    }
  }

  private void keepPace() throws InterruptedException {
    while (true) {
      int perSecond = production.canaryShare() > 0 ? rate.perSecond() : rate.quietly();
      traffic.ifPresent(it -> it.come(perSecond));
      // The edge tells nobody when it moves a route.
      TimeUnit.MILLISECONDS.sleep(LOOK_AGAIN.toMillis());
    }
  }

  /** How production does at the moment, in a line. */
  String line() {
    return traffic
        .map(
            it -> {
              CustomerTraffic.Tally tally = it.tally();
              return String.format(
                  Locale.ROOT,
                  "production: %,d requests, %,d failed; canary's share now %.0f %%",
                  tally.sent(),
                  tally.failed(),
                  production.canaryShare() * 100);
            })
        .orElse("production: nothing runs there yet");
  }

  /** How production did, in a line. */
  String total() {
    return traffic
        .map(CustomerTraffic::tally)
        .map(
            it ->
                String.format(
                    Locale.ROOT,
                    "Production's customers sent %,d requests; %,d failed, %,d were held back.",
                    it.sent(),
                    it.failed(),
                    it.heldBack()))
        .orElse("Production had no customers: nothing was installed there.");
  }

  @Override
  public synchronized void close() {
    closed = true;
    opening.interrupt();
    traffic.ifPresent(CustomerTraffic::close);
  }
}
