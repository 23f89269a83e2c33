package dev.slipway.app.edge;

import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps an edge running: one that has died is started again at once, on the ports it had, with the
 * routes it last obeyed. Ends without touching the edge.
 */
public final class EdgeSupervisor implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(EdgeSupervisor.class);
  private static final Duration PAUSE_MIN = Duration.ofMillis(500);
  private static final Duration PAUSE_MAX = Duration.ofSeconds(30);

  private final EdgeProcess.Launch launch;
  private final Path stateDir;
  private final CountDownLatch closed = new CountDownLatch(1);
  private final Thread watcher;
  private volatile EdgeProcess edge;

  private EdgeSupervisor(EdgeProcess.Launch launch, Path stateDir) {
    this.launch = launch;
    this.stateDir = stateDir;
    this.edge = EdgeProcess.start(launch, stateDir);
    this.watcher = Thread.ofVirtual().name("edge-supervisor").start(this::watch);
  }

  /**
   * Adopts the edge that runs on the directory, or else starts one, and keeps it running.
   *
   * @throws EdgeException if none runs and none can be started within a minute
   */
  public static EdgeSupervisor start(EdgeProcess.Launch launch, Path stateDir) {
    return new EdgeSupervisor(launch, stateDir);
  }

  /** The edge that runs, or the last one that did. */
  public EdgeProcess edge() {
    return edge;
  }

  private void watch() {
    try {
      while (closed.getCount() > 0) {
        EdgeAddress ended = edge.ended().get();
        if (closed.getCount() > 0) {
          LOG.error("the edge (pid {}) in {} has ended; starting it again", ended.pid(), stateDir);
          startAgain(ended);
        }
      }
    } catch (InterruptedException e) {
      // Closed: the edge goes on without us.
      Thread.currentThread().interrupt();
    } catch (ExecutionException e) {
      LOG.error("cannot watch the edge in {} any more", stateDir, e);
    }
  }

  /** On the ports it had, since others may scrape them; on free ones if those are taken. */
  private void startAgain(EdgeAddress ended) throws InterruptedException {
    EdgeProcess.Launch next = launch.at(ended);
    Duration pause = PAUSE_MIN;
    while (true) {
      try {
        edge = EdgeProcess.start(next, stateDir);
        LOG.info("the edge runs again as pid {}", edge.address().pid());
        return;
      } catch (EdgeException e) {
        LOG.error("the edge in {} cannot be started; trying again in {}", stateDir, pause, e);
        if (closed.await(pause.toMillis(), TimeUnit.MILLISECONDS)) {
          return;
        }
        next = launch;
        pause = pause.multipliedBy(2).compareTo(PAUSE_MAX) < 0 ? pause.multipliedBy(2) : PAUSE_MAX;
      }
    }
  }

  /** Stops watching; the edge runs on. */
  @Override
  public void close() {
    closed.countDown();
    watcher.interrupt();
    try {
      watcher.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
