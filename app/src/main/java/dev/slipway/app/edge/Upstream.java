package dev.slipway.app.edge;

import io.vertx.core.net.SocketAddress;

/** An instance at work: its health, what it is busy with, what it was given. */
final class Upstream {
  private final Instance instance;
  private final SocketAddress address;
  private Health health = Health.HEALTHY;
  private int passedInRow;
  private int failedInRow;
  private long inFlight;
  private long requests;
  private long connectFailures;

  Upstream(Instance instance) {
    this.instance = instance;
    this.address = SocketAddress.inetSocketAddress(instance.port(), instance.host());
  }

  SocketAddress address() {
    return address;
  }

  Instance instance() {
    return instance;
  }

  Health health() {
    return health;
  }

  boolean isIdle() {
    return inFlight == 0;
  }

  long inFlight() {
    return inFlight;
  }

  /** Gives it a request; each is to be followed by one {@link #leave}. */
  void enter() {
    inFlight++;
    requests++;
  }

  void leave() {
    inFlight--;
  }

  /** It did not accept a connection. */
  void refused() {
    connectFailures++;
    if (health == Health.HEALTHY) {
      health = Health.SUSPECT;
    }
    passedInRow = 0;
  }

  void passed(EdgeOptions.Checks checks) {
    failedInRow = 0;
    passedInRow++;
    if (passedInRow >= checks.rise()) {
      health = Health.HEALTHY;
    }
  }

  void failed(EdgeOptions.Checks checks) {
    passedInRow = 0;
    failedInRow++;
    if (failedInRow >= checks.fall()) {
      health = Health.UNHEALTHY;
    }
  }

  RouteView.Member view() {
    return new RouteView.Member(instance, health, inFlight, requests, connectFailures);
  }
}
