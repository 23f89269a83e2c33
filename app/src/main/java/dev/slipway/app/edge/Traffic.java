package dev.slipway.app.edge;

import java.time.InstantSource;
import java.util.Collection;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The state of a route: which spec it obeys, its instances at work, whose turn it is, what was
 * counted. Touched on the route's event loop only.
 */
final class Traffic {
  private final RouteName name;
  private final int concurrentMax;
  private final Counters counters;
  private final Map<Instance, Upstream> upstreams = new LinkedHashMap<>();
  private final Set<Upstream> draining = new LinkedHashSet<>();
  private final Map<Arm, Pool> pools = new EnumMap<>(Arm.class);
  private RouteSpec spec;
  private Split split;
  private CounterSet set;

  Traffic(RouteName name, RouteSpec spec, int concurrentMax, InstantSource clock) {
    this.name = name;
    this.concurrentMax = concurrentMax;
    this.spec = spec;
    this.counters = new Counters(clock);
    this.split = splitOf(spec);
    this.set = counters.open(spec);
    fillPools();
  }

  /**
   * Turns to another spec at once. An instance that stays, or changes its arm, keeps its health and
   * its requests in flight; one that is gone is kept until its last request has ended.
   */
  void obey(RouteSpec next) {
    spec = next;
    split = splitOf(next);
    set = counters.open(next);
    fillPools();
    upstreams.values().removeIf(upstream -> upstream.isIdle() && !isMember(upstream));
    draining.clear();
    upstreams.values().stream().filter(upstream -> !isMember(upstream)).forEach(draining::add);
  }

  private static Split splitOf(RouteSpec spec) {
    return new Split(spec.canaryShareBp(), 31 * spec.epoch().lease() + spec.epoch().move());
  }

  private void fillPools() {
    for (Arm arm : Arm.values()) {
      pools.put(
          arm,
          new Pool(
              spec.instances(arm).stream()
                  .map(instance -> upstreams.computeIfAbsent(instance, Upstream::new))
                  .toList()));
    }
  }

  /** A request has left the instance; one that is draining is forgotten with its last request. */
  void left(Upstream upstream) {
    if (upstream.isIdle() && draining.remove(upstream)) {
      upstreams.remove(upstream.instance());
    }
  }

  private boolean isMember(Upstream upstream) {
    return pools.values().stream().anyMatch(pool -> pool.members().contains(upstream));
  }

  RouteSpec spec() {
    return spec;
  }

  Counters counters() {
    return counters;
  }

  CounterSet set() {
    return set;
  }

  Arm assign() {
    return split.next();
  }

  Pool pool(Arm arm) {
    return Objects.requireNonNull(pools.get(arm));
  }

  /** The instances that are of the route now. */
  Collection<Upstream> members() {
    return Stream.of(Arm.values()).flatMap(arm -> pool(arm).members().stream()).toList();
  }

  /**
   * Whether the arm may take another request. A canary that hangs must not use up what the route
   * may work on at a time: it gets its share of it, or half, whichever is more.
   */
  boolean hasRoom(Arm arm) {
    return switch (arm) {
      case STABLE -> true;
      case CANARY -> {
        long shareBp = Math.max(RouteSpec.WHOLE_BP / 2, spec.canaryShareBp());
        yield inFlight(Arm.CANARY) < Math.max(1, concurrentMax * shareBp / RouteSpec.WHOLE_BP);
      }
    };
  }

  /** Requests in flight on the arm's instances. */
  long inFlight(Arm arm) {
    return pool(arm).members().stream().mapToLong(Upstream::inFlight).sum();
  }

  RouteView view(Instance listen) {
    return new RouteView(
        name.environment(),
        name.service(),
        spec.epoch(),
        listen,
        spec.canaryShareBp(),
        spec.healthPath(),
        views(pool(Arm.STABLE).members()),
        views(pool(Arm.CANARY).members()),
        views(draining),
        counters.view());
  }

  private static List<RouteView.Member> views(Collection<Upstream> upstreams) {
    return upstreams.stream().map(Upstream::view).toList();
  }

  RouteName name() {
    return name;
  }
}
