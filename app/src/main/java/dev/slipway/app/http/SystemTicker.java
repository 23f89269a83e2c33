package dev.slipway.app.http;

import dev.slipway.telemetry.Ticker;
import java.time.Duration;
import java.time.Instant;

/** The machine's clock. */
public final class SystemTicker implements Ticker {
  @Override
  public Instant now() {
    return Instant.now();
  }

  @Override
  public void await(Instant time) throws InterruptedException {
    for (Duration left = Duration.between(now(), time);
        left.isPositive();
        left = Duration.between(now(), time)) {
      Thread.sleep(left);
    }
  }
}
