package example.orders;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import example.orders.domain.Catalogue;
import example.orders.domain.OrderStore;
import example.orders.domain.Pricing;
import example.orders.domain.Pricing.Quote;
import example.orders.http.Caller;
import example.orders.http.HttpService;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OrdersApiTest {

  private static final Instant NOON = Instant.parse("2026-11-02T12:00:00Z");
  private static final Quote A_SPRING = new Quote("SPRING", 1, 0, 899);

  private final OrderStore store = new OrderStore(InstantSource.fixed(NOON), Duration.ZERO);
  private Caller caller;

  @BeforeEach
  void start() throws IOException {
    HttpService service = new HttpService(0);
    new OrdersApi(Catalogue.standard(), new Pricing(), store).addTo(service);
    caller = new Caller(service.start());
  }

  @AfterEach
  void stop() {
    caller.close();
  }

  @Test
  void anOrderThatWasPlacedIsShown() throws Exception {
    HttpResponse<String> placed =
        caller.post("/orders", "customer=corner-shop&sku=ANVIL&quantity=10");

    assertEquals(201, placed.statusCode());
    assertTrue(
        placed
            .body()
            .startsWith(
                "{\"id\":1,\"customer\":\"corner-shop\",\"sku\":\"ANVIL\",\"quantity\":10,"
                    + "\"total_cents\":122550,\"placed_at\":\"2026-11-02T12:00:00Z\""),
        placed.body());
    assertEquals(placed.body(), caller.get("/orders/1").body());
  }

  @ParameterizedTest(name = "{0}: {1}, {2}")
  @CsvSource({
    "sku=ANVIL&quantity=1, 400, customer is missing",
    "customer=a&quantity=1, 400, sku is missing",
    "customer=a&sku=ANVIL, 400, quantity is missing",
    "customer=a&sku=ANVIL&quantity=0, 400, quantity must be a whole number from 1 to 10000",
    "customer=a&sku=FEATHER&quantity=1, 404, there is no product FEATHER",
  })
  void anOrderThatMakesNoSenseIsRefused(String form, int status, String error) throws Exception {
    HttpResponse<String> refused = caller.post("/orders", form);

    assertEquals(status, refused.statusCode());
    assertEquals("{\"error\":\"" + error + "\"}", refused.body());
    assertTrue(store.newest(OrderStore.NEWEST).isEmpty());
  }

  @Test
  void aFullStoreSaysSo() throws Exception {
    store.placeMany("builders-direct", A_SPRING, OrderStore.CAPACITY);

    HttpResponse<String> refused = caller.post("/orders", "customer=a&sku=ANVIL&quantity=1");

    assertEquals(503, refused.statusCode());
    assertEquals("{\"error\":\"the store is full: 100000\"}", refused.body());
  }

  @Test
  void anOrderThatIsNotThereIsNotFound() throws Exception {
    assertEquals("{\"error\":\"there is no order 7\"}", caller.get("/orders/7").body());
    assertEquals(404, caller.get("/orders/7").statusCode());
    assertEquals(400, caller.get("/orders/seven").statusCode());
  }

  @Test
  void withoutOrdersTheListIsEmpty() throws Exception {
    HttpResponse<String> list = caller.get("/orders");

    assertEquals(200, list.statusCode());
    assertTrue(list.body().startsWith("{\"orders\":[]"), list.body());
    assertTrue(list.body().endsWith("\"next\":null}"), list.body());
  }

  @Test
  void aPageLeadsToTheNext() throws Exception {
    store.placeMany("corner-shop", A_SPRING, OrderStore.PAGE + 1);

    assertTrue(caller.get("/orders").body().endsWith("\"next\":\"/orders?before=2\"}"));
    String last = caller.get("/orders?before=2").body();
    assertTrue(last.startsWith("{\"orders\":[{\"id\":1,"), last);
    assertTrue(last.endsWith("\"next\":null}"), last);
  }

  @Test
  void aCustomersPageLeadsToTheCustomersNext() throws Exception {
    store.place("harbour-works", A_SPRING);
    store.placeMany("Bolt & Co", A_SPRING, OrderStore.PAGE);

    String page = caller.get("/orders?customer=Bolt+%26+Co").body();

    assertTrue(page.endsWith("\"next\":\"/orders?before=2&customer=Bolt+%26+Co\"}"), page);
    String next = caller.get("/orders?before=2&customer=Bolt+%26+Co").body();
    assertTrue(next.startsWith("{\"orders\":[]"), next);
  }
}
