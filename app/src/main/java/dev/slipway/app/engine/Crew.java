package dev.slipway.app.engine;

import dev.slipway.change.ChangeId;
import dev.slipway.change.Printable;
import dev.slipway.pipeline.Act;
import dev.slipway.pipeline.Performer;
import dev.slipway.pipeline.Result;
import dev.slipway.pipeline.Signal;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Does acts, each on a virtual thread of its own. A fault is tried again after a pause, a bounded
 * number of times; only a record or a report that must be kept is tried until it is.
 */
final class Crew implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Crew.class);

  private final Performer performer;
  private final EngineSettings settings;
  private final Semaphore sidePlaces;
  private final Set<Job> jobs = ConcurrentHashMap.newKeySet();
  private volatile boolean closed;

  Crew(Performer performer, EngineSettings settings) {
    this.performer = performer;
    this.settings = settings;
    this.sidePlaces = new Semaphore(settings.sideActsMax());
  }

  /**
   * Starts the act.
   *
   * @param report told once what came of it: a signal, or nothing if nothing follows; not told of
   *     an act that was called off
   */
  Undertaking start(ChangeId change, Act act, Consumer<Optional<Signal>> report) {
    Job job = new Job(change, act, report);
    jobs.add(job);
    job.thread.start();
    if (closed) {
      job.callOff();
    }
    return job;
  }

  /** Calls off what is running and waits for it to stop, as long as the settings allow. */
  @Override
  public void close() {
    closed = true;
    jobs.forEach(Job::callOff);
    long deadline = System.nanoTime() + settings.closeLimit().toNanos();
    for (Job job : jobs) {
      try {
        long left = deadline - System.nanoTime();
        if (left <= 0 || !job.thread.join(Duration.ofNanos(left))) {
          LOG.warn("{} of {} does not stop; it is left behind", job.act.key(), job.change);
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      }
    }
  }

  private final class Job implements Undertaking {
    private final ChangeId change;
    private final Act act;
    private final Consumer<Optional<Signal>> report;
    private final Thread thread;
    private volatile boolean calledOff;

    private Job(ChangeId change, Act act, Consumer<Optional<Signal>> report) {
      this.change = change;
      this.act = act;
      this.report = report;
      this.thread = Thread.ofVirtual().name(change + " " + act.key()).unstarted(this::run);
    }

    @Override
    public void callOff() {
      calledOff = true;
      thread.interrupt();
    }

    private void run() {
      try {
        for (int attempt = 1; !attempt(attempt); attempt++) {
          Thread.sleep(settings.backoff(attempt));
        }
      } catch (InterruptedException e) {
        LOG.debug("{} of {} was called off", act.key(), change);
      } finally {
        jobs.remove(this);
      }
    }

    /** One attempt; true if it was the last one, for whatever reason. */
    private boolean attempt(int attempt) throws InterruptedException {
      try {
        Result result = perform();
        report.accept(
            result instanceof Result.Noted
                ? Optional.empty()
                : Optional.of(new Signal.Done(act.key(), result)));
        return true;
      } catch (RuntimeException | LinkageError | AssertionError fault) {
        if (calledOff) {
          return true;
        }
        if (isLast(attempt)) {
          broke(fault);
          return true;
        }
        LOG.warn("{} of {} failed and is tried again: {}", act.key(), change, fault.toString());
        return false;
      }
    }

    private Result perform() throws InterruptedException {
      if (!(act instanceof Act.Aside)) {
        return performer.perform(act);
      }
      sidePlaces.acquire();
      try {
        return performer.perform(act);
      } finally {
        sidePlaces.release();
      }
    }

    private boolean isLast(int attempt) {
      return attempt >= settings.attemptsMax() && !isKept(act);
    }

    private void broke(Throwable fault) {
      LOG.error(
          "{} of {} broke after {} attempts", act.key(), change, settings.attemptsMax(), fault);
      String what =
          Optional.ofNullable(fault.getMessage()).orElse(fault.getClass().getSimpleName());
      report.accept(Optional.of(new Signal.Broke(act.key(), Printable.of(what))));
    }
  }

  /** Whether it is tried for as long as it is wanted: what it writes must not be lost. */
  private static boolean isKept(Act act) {
    return act instanceof Act.Keep || act instanceof Act.ReportIncident;
  }
}
