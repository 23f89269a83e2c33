package dev.slipway.app.engine;

import java.time.Duration;

/**
 * The engine's bounds.
 *
 * @param attemptsMax how often an act that fails is tried before the change is told that it broke
 * @param backoffFirst the pause after the first failure; doubled after every further one
 * @param backoffMax the longest pause
 * @param sideActsMax how many acts that only tell or record may run at once; the acts that move a
 *     change are not held up by them
 * @param wakingMax how many changes are read back from the journal at once after a start
 * @param journalConnections how many database connections the journal may use at once
 * @param clockLook how often a pending timer looks at the clock, which may jump
 * @param leaseReminder how often an unanswered request for a lease is made again
 * @param askLimit how long an answer may take
 * @param closeLimit how long running acts have to stop when the engine closes
 */
public record EngineSettings(
    int attemptsMax,
    Duration backoffFirst,
    Duration backoffMax,
    int sideActsMax,
    int wakingMax,
    int journalConnections,
    Duration clockLook,
    Duration leaseReminder,
    Duration askLimit,
    Duration closeLimit) {
  /** The product's. */
  public static final EngineSettings DEFAULT =
      new EngineSettings(
          5,
          Duration.ofSeconds(1),
          Duration.ofMinutes(1),
          64,
          64,
          6,
          Duration.ofSeconds(15),
          Duration.ofSeconds(30),
          Duration.ofSeconds(30),
          Duration.ofSeconds(10));

  public EngineSettings {
    if (attemptsMax < 1 || sideActsMax < 1 || wakingMax < 1 || journalConnections < 1) {
      throw new IllegalArgumentException("the engine's bounds are at least 1");
    }
  }

  /** The pause after this many failures, from 1. */
  Duration backoff(int failures) {
    Duration pause = backoffFirst.multipliedBy(1L << Math.min(failures - 1, 20));
    return pause.compareTo(backoffMax) < 0 ? pause : backoffMax;
  }
}
