package dev.slipway.telemetry;

import dev.slipway.change.FlagChange;
import dev.slipway.change.Slot;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Remembers which feature flags were switched, and when. */
public interface FlagChanges {
  /**
   * How long they are remembered: longer than a canary can be watched, which is 30 days, extended
   * once.
   */
  Duration KEPT = Duration.ofDays(90);

  /** The most that {@link #during} gives. */
  int TOLD_MAX = 1_000;

  /** Remembers it; durable when it returns. What has its id already stays as it is. */
  void changed(FlagChange change);

  /** What was told under this id, if it is remembered still. */
  Optional<FlagChange> known(String id);

  /**
   * Those that concern the slot from {@code from} (inclusive) to {@code to} (exclusive), the
   * earliest first: at most {@link #TOLD_MAX}.
   */
  List<FlagChange> during(Slot slot, Instant from, Instant to);

  /** The latest, the newest first: at most 100. */
  List<FlagChange> latest();
}
