package example.orders.domain;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import example.orders.domain.Pricing.Quote;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class OrderStoreTest {

  private static final Instant NOON = Instant.parse("2026-11-02T12:00:00Z");
  private static final Quote THREE_NAILS = new Quote("NAIL", 3, 0, 297);

  private final OrderStore store = new OrderStore(InstantSource.fixed(NOON), Duration.ZERO);

  @Test
  void keepsWhatWasOrderedWhenAndByWhom() {
    Order order = store.place("corner-shop", THREE_NAILS).orElseThrow();

    assertEquals("corner-shop", order.customer());
    assertEquals("NAIL", order.sku());
    assertEquals(3, order.quantity());
    assertEquals(297, order.totalCents());
    assertEquals(NOON, order.placedAt());
    assertEquals(Optional.of(order), store.find(order.id()));
  }

  @Test
  void anIdThatWasNotGivenFindsNothing() {
    assertEquals(Optional.empty(), store.find(1));
  }

  @Test
  void readsNewestFirstPageByPage() {
    store.placeMany("corner-shop", THREE_NAILS, OrderStore.PAGE + 2);

    List<Order> first = store.newest(OrderStore.NEWEST);
    List<Order> second = store.newest(first.getLast().id());

    assertEquals(LongStream.rangeClosed(3, 22).map(i -> 25 - i).boxed().toList(), ids(first));
    assertEquals(List.of(2L, 1L), ids(second));
    assertEquals(List.of(), store.newest(1));
  }

  @Test
  void readsTheOrdersOfOneCustomerOnly() {
    store.place("corner-shop", THREE_NAILS);
    store.place("harbour-works", THREE_NAILS);
    store.place("corner-shop", THREE_NAILS);

    assertEquals(List.of(3L, 1L), ids(store.newestOf("corner-shop", OrderStore.NEWEST)));
    assertEquals(List.of(), store.newestOf("nobody", OrderStore.NEWEST));
  }

  @Test
  void takesNoMoreThanItHasRoomFor() {
    store.placeMany("builders-direct", THREE_NAILS, OrderStore.CAPACITY + 1);

    assertEquals(Optional.empty(), store.place("corner-shop", THREE_NAILS));
    assertEquals(OrderStore.CAPACITY, store.newest(OrderStore.NEWEST).getFirst().id());
    assertTrue(store.newestOf("corner-shop", OrderStore.NEWEST).isEmpty());
  }

  @Test
  void ordersPlacedAtOnceAllGetIdsOfTheirOwn() {
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      IntStream.range(0, 500)
          .forEach(_ -> threads.submit(() -> store.place("corner-shop", THREE_NAILS)));
    }

    assertEquals(500, store.newest(OrderStore.NEWEST).getFirst().id());
    assertTrue(LongStream.rangeClosed(1, 500).allMatch(id -> store.find(id).isPresent()));
  }

  private static List<Long> ids(List<Order> orders) {
    return orders.stream().map(Order::id).toList();
  }
}
