package dev.slipway.policy.judge;

import java.util.OptionalDouble;

/** How many of a number of trials hit, such as failed requests of all requests. */
record Counts(long hits, long trials) {
  static final Counts NONE = new Counts(0, 0);

  Counts plus(Counts other) {
    return new Counts(hits + other.hits, trials + other.trials);
  }

  OptionalDouble rate() {
    return trials == 0 ? OptionalDouble.empty() : OptionalDouble.of((double) hits / trials);
  }
}
