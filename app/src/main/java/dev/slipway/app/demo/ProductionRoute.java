package dev.slipway.app.demo;

import dev.slipway.app.edge.EdgeClient;
import dev.slipway.app.edge.RouteName;
import dev.slipway.app.edge.RouteView;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;

/** The sample's production route, as the edge counts it. */
final class ProductionRoute implements AutoCloseable {
  private static final RouteName NAME = new RouteName("production", "orders");
  private static final Duration LOOK_AGAIN = Duration.ofMillis(100);
  private static final double BASIS_POINTS = 10_000;

  private final EdgeClient edge;

  ProductionRoute(Path home) {
    this.edge = EdgeClient.of(home.resolve("edge"));
  }

  /**
   * What one lease's holder did to production.
   *
   * @param canary requests its canary got
   * @param all requests to production meanwhile
   * @param shareMax the canary's largest share, 0 to 1
   * @param canaryErrors those of the canary's that failed
   */
  record Exposure(long canary, long all, double shareMax, long canaryErrors) {
    double share() {
      return all == 0 ? 0 : (double) canary / all;
    }

    /** For people. */
    String text() {
      return String.format(
          Locale.ROOT,
          "%,d of %,d (%.1f %%; its share was never above %.0f %%), %,d of them failed",
          canary,
          all,
          share() * 100,
          shareMax * 100,
          canaryErrors);
    }
  }

  /** Waits until the edge serves production, and says where. */
  URI await() throws InterruptedException {
    while (true) {
      var route = edge.route(NAME).filter(view -> !view.stable().isEmpty());
      if (route.isPresent()) {
        return URI.create("http://" + route.get().listen());
      }
      // The edge tells nobody when it gets a route.
      TimeUnit.MILLISECONDS.sleep(LOOK_AGAIN.toMillis());
    }
  }

  /** The lease under which production was moved last. */
  OptionalLong lease() {
    return edge.route(NAME)
        .map(view -> OptionalLong.of(view.epoch().lease()))
        .orElseGet(OptionalLong::empty);
  }

  /** The canary's share at the moment, 0 to 1. */
  double canaryShare() {
    return edge.route(NAME).map(view -> view.canaryShareBp() / BASIS_POINTS).orElse(0.0);
  }

  /** What was counted while a canary ran under the lease. */
  Exposure exposure(long lease) {
    List<RouteView.Counted> counted =
        edge.route(NAME).map(RouteView::counters).orElse(List.of()).stream()
            .filter(it -> it.epoch().lease() == lease && it.canaryShareBp() > 0)
            .toList();
    long canary = counted.stream().mapToLong(it -> it.canary().requests()).sum();
    long stable = counted.stream().mapToLong(it -> it.stable().requests()).sum();
    return new Exposure(
        canary,
        canary + stable,
        counted.stream().mapToInt(RouteView.Counted::canaryShareBp).max().orElse(0) / BASIS_POINTS,
        counted.stream().mapToLong(it -> it.canary().errors()).sum());
  }

  @Override
  public void close() {
    edge.close();
  }
}
