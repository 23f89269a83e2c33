package dev.slipway.policy.judge;

import java.time.Instant;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * Latencies of the two arms that differ about a thousandfold, which is more likely two units than
 * two versions.
 */
final class UnitJump {
  private static final int INTERVALS_MIN = 3;
  private static final long REQUESTS_MIN = 5;

  private int run;
  private Latencies canary = Latencies.NONE;
  private Latencies baseline = Latencies.NONE;

  /** Intervals with few requests are taken together until there are enough. */
  Optional<Doubt> add(Instant at, Latencies newCanary, Latencies newBaseline) {
    canary = canary.plus(newCanary);
    baseline = baseline.plus(newBaseline);
    if (canary.count() < REQUESTS_MIN || baseline.count() < REQUESTS_MIN) {
      return Optional.empty();
    }
    Optional<Doubt> doubt = compare(at);
    canary = Latencies.NONE;
    baseline = Latencies.NONE;
    return doubt;
  }

  private Optional<Doubt> compare(Instant at) {
    OptionalDouble a = canary.quantile(0.5);
    OptionalDouble b = baseline.quantile(0.5);
    run = Units.apart(a.orElse(1), b.orElse(1)) ? run + 1 : 0;
    if (run < INTERVALS_MIN) {
      return Optional.empty();
    }
    return Optional.of(
        Doubt.stops(
            Rules.UNIT,
            "latency",
            at,
            "Half of the canary's requests take up to %s and half of the baseline's up to %s: that looks like two units, not two versions."
                .formatted(Words.millis(a), Words.millis(b))));
  }
}
