package dev.slipway.app.edge;

import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import java.util.logging.Logger;

/**
 * What the edge may hold at a time over all its routes, derived from its heap: however many clients
 * come and however slowly they read, they are refused before memory runs out. Shared by all event
 * loops.
 *
 * <p>A quarter of the heap and 24 MB (what an idle edge takes) are left for the edge itself. Of the
 * rest, half is for connections, a quarter for requests and a quarter for bodies that have been
 * read and cannot be passed on. The costs are upper bounds: Netty marks a queue full at 64 KB and
 * reads at most 64 KB at once.
 */
final class Capacity {
  /** A connection of a client, with a header that is still arriving on top. */
  private static final long CONNECTION_BYTES = 16 << 10;

  /** A request in flight, its connection to the instance, and queues that are not full. */
  private static final long REQUEST_BYTES = 64 << 10;

  /** A body that is held up: a full queue towards its reader, and what was read meanwhile. */
  static final long HELD_UP_BYTES = 128 << 10;

  /** One in so many connections more is accepted, to be told to come back later. */
  private static final long TURNED_AWAY_PART = 8;

  private static final long IDLE_BYTES = 24L << 20;
  private static final long USABLE_BYTES_MIN = 4L << 20;
  private static final long ROUTE_BYTES = 4L << 20;
  private static final long LOG_AGAIN_NANOS = 10_000_000_000L;
  private static final Logger LOG = Logger.getLogger(Capacity.class.getName());

  private final Map<Bound, Gauge> gauges = new EnumMap<>(Bound.class);
  private final int routesMax;

  /** What is bounded. */
  enum Bound {
    /** Clients' connections. */
    CONNECTIONS,
    /** Connections beyond that, each answered 503 and closed. */
    TURNED_AWAY,
    /** Requests and WebSockets in flight. */
    REQUESTS,
    /** Bytes of bodies that were read and cannot be passed on yet. */
    BUFFERED_BYTES;

    String label() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** How much of a bound is taken, and how often it was hit. */
  private static final class Gauge {
    final long max;
    final AtomicLong held = new AtomicLong();
    final AtomicLong hits = new AtomicLong();
    final AtomicLong loggedNanos = new AtomicLong(System.nanoTime() - LOG_AGAIN_NANOS);

    Gauge(long max) {
      this.max = max;
    }
  }

  private Capacity(long heapBytes, int headerBytesMax) {
    long usable = Math.max(USABLE_BYTES_MIN, heapBytes * 3 / 4 - IDLE_BYTES);
    long connections = usable / 2 / (CONNECTION_BYTES + headerBytesMax);
    gauges.put(Bound.CONNECTIONS, new Gauge(connections));
    gauges.put(Bound.TURNED_AWAY, new Gauge(Math.max(1, connections / TURNED_AWAY_PART)));
    gauges.put(Bound.REQUESTS, new Gauge(usable / 4 / REQUEST_BYTES));
    gauges.put(Bound.BUFFERED_BYTES, new Gauge(usable / 4));
    routesMax = Math.clamp(heapBytes / ROUTE_BYTES, 4, 256);
  }

  /** What an edge with this heap may hold. */
  static Capacity of(long heapBytes, EdgeOptions options) {
    return new Capacity(heapBytes, options.headerBytesMax());
  }

  /** Routes, each of which keeps half an hour of counts. */
  int routesMax() {
    return routesMax;
  }

  /** Takes so much of the bound, to be given back; false, and nothing taken, if there is less. */
  boolean take(Bound bound, long amount) {
    Gauge gauge = gauge(bound);
    if (gauge.held.addAndGet(amount) <= gauge.max) {
      return true;
    }
    gauge.held.addAndGet(-amount);
    hit(bound, gauge);
    return false;
  }

  void give(Bound bound, long amount) {
    gauge(bound).held.addAndGet(-amount);
  }

  /** Says so in the log at most every ten seconds. */
  private static void hit(Bound bound, Gauge gauge) {
    long hits = gauge.hits.incrementAndGet();
    long now = System.nanoTime();
    long logged = gauge.loggedNanos.get();
    if (now - logged >= LOG_AGAIN_NANOS && gauge.loggedNanos.compareAndSet(logged, now)) {
      LOG.warning(
          () ->
              "the edge is full: "
                  + bound.label()
                  + " are bounded at "
                  + gauge.max
                  + " by its heap; hit "
                  + hits
                  + " times so far");
    }
  }

  long max(Bound bound) {
    return gauge(bound).max;
  }

  long held(Bound bound) {
    return gauge(bound).held.get();
  }

  long hits(Bound bound) {
    return gauge(bound).hits.get();
  }

  private Gauge gauge(Bound bound) {
    return Objects.requireNonNull(gauges.get(bound));
  }
}
