package dev.slipway.pipeline;

import dev.slipway.audit.AuditRecord;
import dev.slipway.change.Person;
import dev.slipway.change.Stage;
import dev.slipway.policy.Reason;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Named gates are skipped because production cannot wait. Nothing goes unrecorded for it, and the
 * canary is watched all the same. Somebody else has to look at what shipped afterwards; if nobody
 * does in time, people are called.
 *
 * @param skips the gates that are skipped, in their order; never that of deployment
 * @param why for the record
 * @param by whose word it is; not the one who reviews it
 */
public record Emergency(List<Stage> skips, String why, Person by) {
  /** How long the independent review may take from when the change has shipped. */
  public static final Duration REVIEW_WITHIN = Duration.ofHours(24);

  /** It goes before everything that has the usual priority, and after what takes something back. */
  public static final int PRIORITY = 50;

  /**
   * @throws IllegalArgumentException naming what to say instead
   */
  public Emergency {
    skips = skips.stream().distinct().sorted().toList();
    if (skips.isEmpty() || why.isBlank()) {
      throw new IllegalArgumentException("an emergency says why, and which gates it skips");
    }
    if (skips.contains(Stage.DEPLOYMENT)) {
      throw new IllegalArgumentException("the canary is watched in an emergency, too");
    }
    if (skips.contains(Stage.STAGING) && !skips.contains(Stage.VALIDATION)) {
      throw new IllegalArgumentException(
          "validation looks at staging: without staging it has to be skipped as well");
    }
  }

  /** The gates' names, as they are given and recorded. */
  public String names() {
    return skips.stream().map(Stage::label).collect(Collectors.joining(","));
  }

  /** Why the gate did not run; empty if it does. */
  Optional<Reason> skipped(Stage stage) {
    return skips.contains(stage)
        ? Optional.of(
            new Reason(
                AuditRecord.EMERGENCY_SKIPPED,
                stage.label(),
                "skipped by " + by + " in an emergency: " + why))
        : Optional.empty();
  }

  /** What is asked of somebody else once it has shipped. */
  Reason review(Instant shipped) {
    return new Reason(
        AuditRecord.EMERGENCY_REVIEW,
        names(),
        "shipped without the gates of %s (%s: %s): somebody else has to review it by %s"
            .formatted(names(), by, why, shipped.plus(REVIEW_WITHIN)));
  }

  /** What people are called for when that was not done in time. */
  Reason overdue(Instant shipped) {
    return new Reason(
        "emergency.unreviewed",
        names(),
        "shipped at %s without the gates of %s (%s: %s), and nobody else has reviewed it in %d h"
            .formatted(shipped, names(), by, why, REVIEW_WITHIN.toHours()));
  }
}
