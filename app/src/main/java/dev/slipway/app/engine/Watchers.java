package dev.slipway.app.engine;

import dev.slipway.change.ChangeId;
import dev.slipway.pipeline.ChangeState;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Who wants to hear where a change stands. A slow watcher misses states, never the newest. */
final class Watchers implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Watchers.class);
  private static final int UNHEARD_MAX = 64;

  private final Map<ChangeId, Set<Watcher>> watchers = new ConcurrentHashMap<>();

  Watcher add(ChangeId change, Consumer<ChangeState> hear) {
    Watcher watcher = new Watcher(change, hear);
    watchers.compute(
        change,
        (ignored, set) -> {
          Set<Watcher> all = set == null ? ConcurrentHashMap.newKeySet() : set;
          all.add(watcher);
          return all;
        });
    watcher.thread.start();
    return watcher;
  }

  void tell(ChangeId change, Standing standing) {
    Optional.ofNullable(watchers.get(change))
        .ifPresent(set -> set.forEach(it -> it.tell(standing)));
  }

  @Override
  public void close() {
    watchers.values().forEach(set -> set.forEach(Watcher::close));
  }

  final class Watcher implements Watch {
    private final ChangeId change;
    private final Consumer<ChangeState> hear;
    private final BlockingQueue<Standing> unheard = new ArrayBlockingQueue<>(UNHEARD_MAX);
    private final Thread thread;

    private Watcher(ChangeId change, Consumer<ChangeState> hear) {
      this.change = change;
      this.hear = hear;
      this.thread = Thread.ofVirtual().name("watch " + change).unstarted(this::run);
    }

    void tell(Standing standing) {
      while (!unheard.offer(standing)) {
        unheard.poll();
      }
    }

    private void run() {
      long heard = 0;
      try {
        while (!Thread.currentThread().isInterrupted()) {
          Standing standing = unheard.take();
          if (standing.sequenceNumber() > heard) {
            heard = standing.sequenceNumber();
            hear.accept(standing.state());
          }
        }
      } catch (InterruptedException e) {
        LOG.debug("{} is no longer watched", change);
      } catch (RuntimeException e) {
        LOG.warn("A watcher of {} failed and hears no more", change, e);
        close();
      }
    }

    @Override
    public void close() {
      watchers.computeIfPresent(
          change,
          (ignored, set) -> {
            set.remove(this);
            return set.isEmpty() ? null : set;
          });
      thread.interrupt();
    }
  }
}
