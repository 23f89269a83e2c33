package dev.slipway.app.edge;

import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * What a route has counted: a set per epoch, in one-second slices, and running totals for
 * Prometheus. Kept in memory only: after a restart the counts start anew, and {@link
 * Window#coveredFrom} says so.
 */
final class Counters {
  /** Sets of earlier epochs that are kept, the current one included. */
  static final int SETS_MAX = 64;

  /** How long a one-second slice is kept. */
  static final long KEPT_SECONDS = 30 * 60;

  private final InstantSource clock;
  private long coveredSecond;
  private final Deque<CounterSet> sets = new ArrayDeque<>();
  private final Map<Arm, Tally> running = new EnumMap<>(Arm.class);
  private final Map<Arm, Map<Integer, Long>> byCode = new EnumMap<>(Arm.class);
  private final Map<Reason, Long> refusals = new EnumMap<>(Reason.class);
  private long newestSecond;

  Counters(InstantSource clock) {
    this.clock = clock;
    // The second in which counting starts is observed only in part.
    this.coveredSecond = clock.instant().getEpochSecond() + 1;
    for (Arm arm : Arm.values()) {
      running.put(arm, new Tally());
      // Prometheus needs to have seen a counter at 0 to notice its first step.
      byCode.put(arm, new TreeMap<>(Map.of(200, 0L)));
    }
  }

  /** Starts a new set; what was assigned earlier goes on being counted in the set it began in. */
  CounterSet open(RouteSpec spec) {
    CounterSet set = new CounterSet(spec, clock.instant());
    sets.addLast(set);
    if (sets.size() > SETS_MAX) {
      coveredSecond = Math.max(coveredSecond, sets.removeFirst().endSecond());
    }
    return set;
  }

  void add(CounterSet set, Arm arm, Result result, int code, long nanos) {
    long second = second();
    set.add(arm, result, nanos, second);
    if (sets.peekLast() != set && !sets.contains(set)) {
      coveredSecond = Math.max(coveredSecond, second + 1);
    }
    running(arm).add(result, nanos);
    codes(arm).merge(code, 1L, Long::sum);
  }

  void addRetry(CounterSet set, Arm arm) {
    set.addRetry(arm, second());
    running(arm).addRetry();
  }

  /** A request that was turned away before it was assigned to an arm. */
  void addRefusal(Reason reason) {
    refusals.merge(reason, 1L, Long::sum);
  }

  Map<Reason, Long> refusals() {
    return refusals;
  }

  private long second() {
    long second = clock.instant().getEpochSecond();
    if (second > newestSecond) {
      newestSecond = second;
      sets.forEach(set -> set.forgetBefore(second - KEPT_SECONDS));
    }
    return second;
  }

  Window window(Arm arm, Instant from, Instant to) {
    long first = from.getEpochSecond();
    long end = to.getEpochSecond();
    Tally sum = new Tally();
    sets.forEach(set -> set.sumInto(sum, arm, first, Math.max(first, end)));
    return new Window(
        arm,
        Instant.ofEpochSecond(first),
        Instant.ofEpochSecond(end),
        coveredFrom(),
        sum.counts(),
        sum.histogram());
  }

  private Instant coveredFrom() {
    long kept = clock.instant().getEpochSecond() - KEPT_SECONDS;
    return Instant.ofEpochSecond(Math.max(coveredSecond, kept));
  }

  List<Slice> slices(Instant from, Instant to) {
    long first = from.getEpochSecond();
    long end = Math.max(first, to.getEpochSecond());
    List<Slice> rows = new ArrayList<>();
    sets.forEach(set -> rows.addAll(set.slices(first, end)));
    rows.sort(
        Comparator.comparing(Slice::time).thenComparing(Slice::arm).thenComparing(Slice::epoch));
    return rows;
  }

  /** Oldest first; the last one is the current epoch's. */
  List<RouteView.Counted> view() {
    return sets.stream().map(CounterSet::view).toList();
  }

  Tally running(Arm arm) {
    return Objects.requireNonNull(running.get(arm));
  }

  Map<Integer, Long> codes(Arm arm) {
    return Objects.requireNonNull(byCode.get(arm));
  }
}
