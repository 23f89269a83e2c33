package example.orders;

import example.orders.domain.Catalogue;
import example.orders.domain.Catalogue.Product;
import example.orders.domain.OrderStore;
import example.orders.domain.Pricing;
import example.orders.http.HttpService;
import example.orders.http.Response;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Puts the service together and starts it. */
public final class Main {

  /** What a call to the shop's database takes. */
  private static final Duration ROUND_TRIP = Duration.ofMillis(2);

  private static final int PORT_DEFAULT = 8080;

  private Main() {}

  /**
   * Starts the service and returns; it runs until the process is told to end.
   *
   * @throws IOException when the port is taken
   */
  public static void main(String[] args) throws IOException {
    HttpService service = start(port(System.getenv()));
    Runtime.getRuntime().addShutdownHook(new Thread(service::close, "shutdown"));
    System.out.println("orders " + version() + " at http://127.0.0.1:" + service.port());
  }

  static HttpService start(int port) throws IOException {
    Catalogue catalogue = Catalogue.standard();
    Pricing pricing = new Pricing();
    OrderStore store = new OrderStore(InstantSource.system(), ROUND_TRIP);
    fill(store, catalogue, pricing);

    HttpService service = new HttpService(port);
    new QuoteApi(catalogue, pricing).addTo(service);
    new OrdersApi(catalogue, pricing, store).addTo(service);
    service.route("GET", "/health", _ -> Response.ok(Map.of("status", "up")));
    service.route("GET", "/version", _ -> Response.ok(Map.of("version", version())));
    return service.start();
  }

  /**
   * The port to listen on: {@code PORT}, or 8080.
   *
   * @throws IllegalArgumentException when {@code PORT} is not a port
   */
  static int port(Map<String, String> environment) {
    String port = environment.getOrDefault("PORT", String.valueOf(PORT_DEFAULT));
    if (!port.matches("\\d{1,5}") || Integer.parseInt(port) > 65_535) {
      throw new IllegalArgumentException("PORT must be a number from 0 to 65535: " + port);
    }
    return Integer.parseInt(port);
  }

  private static String version() {
    return Optional.ofNullable(Main.class.getPackage().getImplementationVersion())
        .orElse("development");
  }

  /** Last year's orders. One customer is a reseller, whose system orders by itself. */
  private static void fill(OrderStore store, Catalogue catalogue, Pricing pricing) {
    record Habit(String customer, String sku, int quantity, int times) {}
    var habits =
        List.of(
            new Habit("builders-direct", "BOLT", 40, 14_600),
            new Habit("north-hardware", "ROPE", 12, 52),
            new Habit("harbour-works", "MAGNET", 2, 12),
            new Habit("corner-shop", "ANVIL", 1, 3));
    for (Habit habit : habits) {
      Product product = catalogue.find(habit.sku()).orElseThrow();
      store.placeMany(habit.customer(), pricing.quote(product, habit.quantity()), habit.times());
    }
  }
}
