package dev.slipway.policy.judge;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Telemetry of one arm that repeats itself while the other arm's changes. A series that is constant
 * in both arms is a constant load, not a frozen meter.
 */
final class Frozen {
  private static final int REPEATS_MIN = 6;

  /** Fewer filled buckets than this may well repeat by chance. */
  private static final int BUCKETS_MIN = 3;

  private final String arm;
  private final Duration spanMin;
  private Optional<ArmTraffic> last = Optional.empty();
  private Optional<ArmTraffic> lastOther = Optional.empty();
  private Instant since = Instant.EPOCH;
  private int repeats;

  Frozen(String arm, Duration spanMin) {
    this.arm = arm;
    this.spanMin = spanMin;
  }

  Optional<Doubt> add(Interval.Measured interval, ArmTraffic mine, ArmTraffic other) {
    boolean repeated = last.isPresent() && last.get().equals(mine) && telling(mine);
    if (!repeated) {
      repeats = 0;
      since = interval.from();
    } else if (lastOther.isPresent() && !lastOther.get().equals(other)) {
      repeats++;
    }
    last = Optional.of(mine);
    lastOther = Optional.of(other);
    boolean frozen =
        repeats >= REPEATS_MIN && Duration.between(since, interval.to()).compareTo(spanMin) >= 0;
    return frozen ? Optional.of(doubt(interval.to())) : Optional.empty();
  }

  private static boolean telling(ArmTraffic traffic) {
    return traffic.latencies().buckets().stream().filter(b -> b.count() > 0).count() >= BUCKETS_MIN;
  }

  private Doubt doubt(Instant at) {
    return Doubt.stops(
        Rules.FROZEN,
        arm,
        at,
        "The %s's metrics have not changed since %s: %d times exactly the same values."
            .formatted(arm, Words.time(since), repeats));
  }
}
