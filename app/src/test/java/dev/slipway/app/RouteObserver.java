package dev.slipway.app;

import dev.slipway.app.edge.EdgeClient;
import dev.slipway.app.edge.EdgeException;
import dev.slipway.app.edge.EdgeProcess;
import dev.slipway.app.edge.Instance;
import dev.slipway.app.edge.RouteName;
import dev.slipway.app.edge.RouteView;
import dev.slipway.change.Slot;
import dev.slipway.target.Epoch;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** Looks at one of the edge's routes again and again, and remembers every state it was in. */
final class RouteObserver implements AutoCloseable {
  /** The process target numbers the puts of one move so. */
  private static final int PUTS_PER_MOVE = 1_000;

  private static final Duration LOOK = Duration.ofMillis(20);

  /** What decides who answers a request. */
  record State(List<Instance> stable, List<Instance> canary, int canaryShareBp) {}

  private record Seen(Epoch epoch, State state) {}

  private final Path edge;
  private final RouteName route;
  private final List<Seen> seen = new CopyOnWriteArrayList<>();
  private final Thread thread;

  RouteObserver(Path edge, Slot slot) {
    this.edge = edge;
    this.route = new RouteName(slot.environment().name(), slot.service().value());
    this.thread = Thread.ofVirtual().start(this::run);
  }

  private void run() {
    try {
      while (EdgeProcess.adopt(edge).isEmpty()) {
        Thread.sleep(LOOK);
      }
      try (EdgeClient client = EdgeClient.of(edge)) {
        while (!Thread.currentThread().isInterrupted()) {
          ask(client).ifPresent(this::look);
          Thread.sleep(LOOK);
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** An answer that a busy machine delays too long is asked for again. */
  private Optional<RouteView> ask(EdgeClient client) {
    try {
      return client.route(route);
    } catch (EdgeException e) {
      return Optional.empty();
    }
  }

  private void look(RouteView view) {
    Seen now =
        new Seen(
            new Epoch(view.epoch().lease(), Math.toIntExact(view.epoch().move() / PUTS_PER_MOVE)),
            new State(
                view.stable().stream().map(RouteView.Member::instance).toList(),
                view.canary().stream().map(RouteView.Member::instance).toList(),
                view.canaryShareBp()));
    if (seen.isEmpty() || !seen.getLast().equals(now)) {
      seen.add(now);
    }
  }

  /** Every epoch that was seen, in the order in which they were. */
  List<Epoch> epochs() {
    return seen.stream().map(Seen::epoch).toList();
  }

  /** The states that each epoch led to, beginning with none; a put that changes nothing is none. */
  Map<Epoch, List<State>> changesPerEpoch() {
    Map<Epoch, List<State>> changes = new TreeMap<>();
    Optional<State> before = Optional.empty();
    for (Seen each : seen) {
      if (!before.equals(Optional.of(each.state()))) {
        changes.computeIfAbsent(each.epoch(), ignored -> new ArrayList<>()).add(each.state());
        before = Optional.of(each.state());
      }
    }
    return changes;
  }

  @Override
  public void close() throws InterruptedException {
    thread.interrupt();
    thread.join();
  }
}
