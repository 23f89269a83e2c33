package dev.slipway.change;

/** The place one service has in one environment: what a lease guards and a deploy target moves. */
public record Slot(Environment environment, ServiceName service) implements Comparable<Slot> {
  @Override
  public int compareTo(Slot other) {
    int byEnvironment = environment.compareTo(other.environment);
    return byEnvironment != 0 ? byEnvironment : service.compareTo(other.service);
  }

  @Override
  public String toString() {
    return environment + "/" + service;
  }
}
