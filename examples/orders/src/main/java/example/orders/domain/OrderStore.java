package example.orders.domain;

import example.orders.domain.Pricing.Quote;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/**
 * The orders, in memory. It stands in for a database, and so every call costs what a call to a
 * database costs: one round trip. Safe for use by many threads.
 */
public final class OrderStore {

  /** The most orders one read returns. */
  public static final int PAGE = 20;

  /** The most orders the store holds. */
  public static final int CAPACITY = 100_000;

  /** As {@code before}: start with the newest order. */
  public static final long NEWEST = Long.MAX_VALUE;

  private final NavigableMap<Long, Order> orders = new ConcurrentSkipListMap<>();
  private final ConcurrentMap<String, NavigableMap<Long, Order>> byCustomer =
      new ConcurrentHashMap<>();
  private final AtomicLong placed = new AtomicLong();
  private final InstantSource clock;
  private final long roundTripNanos;

  public OrderStore(InstantSource clock, Duration roundTrip) {
    this.clock = clock;
    this.roundTripNanos = roundTrip.toNanos();
  }

  /** Keeps a new order; empty when the store is full. */
  public Optional<Order> place(String customer, Quote quote) {
    roundTrip();
    return add(customer, quote);
  }

  /** Keeps the same order many times over, in one round trip, as far as the store has room. */
  public void placeMany(String customer, Quote quote, int times) {
    roundTrip();
    for (int i = 0; i < times; i++) {
      add(customer, quote);
    }
  }

  public Optional<Order> find(long id) {
    roundTrip();
    return Optional.ofNullable(orders.get(id));
  }

  /**
   * A page of orders, newest first.
   *
   * @param before only orders with a lower id; {@link #NEWEST} for the first page
   */
  public List<Order> newest(long before) {
    roundTrip();
    return page(orders, before);
  }

  /** The same for one customer's orders. */
  public List<Order> newestOf(String customer, long before) {
    roundTrip();
    return page(byCustomer.getOrDefault(customer, new ConcurrentSkipListMap<>()), before);
  }

  private Optional<Order> add(String customer, Quote quote) {
    long id = placed.updateAndGet(last -> last > CAPACITY ? last : last + 1);
    if (id > CAPACITY) {
      return Optional.empty();
    }
    Order order = Order.of(id, customer, quote, clock.instant());
    orders.put(id, order);
    byCustomer.computeIfAbsent(customer, _ -> new ConcurrentSkipListMap<>()).put(id, order);
    return Optional.of(order);
  }

  private static List<Order> page(NavigableMap<Long, Order> from, long before) {
    return from.headMap(before, false).descendingMap().values().stream().limit(PAGE).toList();
  }

  private void roundTrip() {
    LockSupport.parkNanos(roundTripNanos);
  }
}
