package dev.slipway.telemetry;

import dev.slipway.policy.judge.ArmTraffic;
import dev.slipway.policy.judge.Interval;
import java.time.Instant;
import java.util.List;

/** What was seen of a slot's two arms over one interval. */
public sealed interface Observation {
  /**
   * Both arms as measured; an arm without traffic has zero requests.
   *
   * @param warnings what the source itself doubts
   */
  record Seen(
      Instant from, Instant to, ArmTraffic canary, ArmTraffic baseline, List<String> warnings)
      implements Observation {
    public Seen {
      warnings = List.copyOf(warnings);
    }
  }

  /** The source could not be asked, or has nothing; why. */
  record NoData(String reason) implements Observation {}

  /** What the judge is told of the interval that was asked for. */
  default Interval over(Instant from, Instant to) {
    return switch (this) {
      case Seen seen -> new Interval.Measured(from, to, seen.canary(), seen.baseline());
      case NoData noData -> new Interval.Missed(from, to, noData.reason());
    };
  }
}
