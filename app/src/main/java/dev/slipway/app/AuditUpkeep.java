package dev.slipway.app;

import dev.slipway.notification.Notifier;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Does for the audit log what nobody has to ask for, as long as the control plane runs: compares it
 * with what runs, and erases what need not be kept any longer. People are told if that fails.
 */
final class AuditUpkeep implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(AuditUpkeep.class);

  /** Commands that start a control plane of their own have ended by then. */
  private static final Duration FIRST = Duration.ofMinutes(2);

  private static final Duration RECONCILE_EVERY = Duration.ofHours(1);
  private static final Duration ERASE_EVERY = Duration.ofDays(1);

  private final Notifier notifier;
  private final ScheduledExecutorService clock =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("audit-upkeep").factory());

  AuditUpkeep(Notifier notifier) {
    this.notifier = notifier;
  }

  /** Begins; the work is done now and then until this is closed. */
  void start(Runnable reconcile, Runnable eraseExpired) {
    every(RECONCILE_EVERY, "The audit log could not be compared with what runs", reconcile);
    every(ERASE_EVERY, "What need not be kept any longer could not be erased", eraseExpired);
  }

  private void every(Duration period, String failure, Runnable work) {
    // How each time ends is told by attempt; the schedule itself ends with this.
    var _ =
        clock.scheduleWithFixedDelay(
            () -> attempt(failure, work), FIRST.toSeconds(), period.toSeconds(), TimeUnit.SECONDS);
  }

  /** A failure ends neither the schedule nor unseen. */
  void attempt(String failure, Runnable work) {
    try {
      work.run();
    } catch (RuntimeException e) {
      LOG.error("{}", failure, e);
      tell(failure, String.valueOf(e.getMessage()));
    }
  }

  private void tell(String failure, String why) {
    try {
      notifier.alarm(failure, why);
    } catch (RuntimeException e) {
      LOG.error("Nobody could be told", e);
    }
  }

  @Override
  public void close() {
    clock.shutdownNow();
  }
}
