package example.orders;

import example.orders.domain.Catalogue;
import example.orders.domain.Catalogue.Product;
import example.orders.domain.Order;
import example.orders.domain.OrderStore;
import example.orders.domain.Pricing;
import example.orders.domain.Pricing.Quote;
import example.orders.http.HttpService;
import example.orders.http.Request;
import example.orders.http.Response;
import java.util.List;
import java.util.Optional;

/** Lists, shows and takes orders. */
final class OrdersApi {

  /**
   * A page of orders.
   *
   * @param next where the next page is; empty on the last
   */
  record Listing(List<Order> orders, Optional<String> next) {}

  private final Catalogue catalogue;
  private final Pricing pricing;
  private final OrderStore store;

  OrdersApi(Catalogue catalogue, Pricing pricing, OrderStore store) {
    this.catalogue = catalogue;
    this.pricing = pricing;
    this.store = store;
  }

  void addTo(HttpService service) {
    service
        .route("GET", "/orders", this::list)
        .route("GET", "/orders/{id}", this::show)
        .route("POST", "/orders", this::place);
  }

  private Response list(Request request) {
    long before = request.optionalNumber("before", 1, OrderStore.NEWEST).orElse(OrderStore.NEWEST);
    Optional<String> customer = request.optional("customer");
    List<Order> orders =
        customer.map(name -> store.newestOf(name, before)).orElseGet(() -> store.newest(before));
    return Response.ok(new Listing(orders, next(orders, customer)));
  }

  private static Optional<String> next(List<Order> orders, Optional<String> customer) {
    if (orders.size() < OrderStore.PAGE) {
      return Optional.empty();
    }
    String filter = customer.map(name -> "&customer=" + Request.encode(name)).orElse("");
    return Optional.of("/orders?before=" + orders.getLast().id() + filter);
  }

  private Response show(Request request) {
    long id = request.number("id", 1, Long.MAX_VALUE);
    return store
        .find(id)
        .map(Response::ok)
        .orElseGet(() -> Response.problem(404, "there is no order " + id));
  }

  private Response place(Request request) {
    String sku = request.text("sku");
    Optional<Product> product = catalogue.find(sku);
    if (product.isEmpty()) {
      return Response.problem(404, "there is no product " + sku);
    }
    int quantity = (int) request.number("quantity", 1, Pricing.QUANTITY_MAX);
    Quote quote = pricing.quote(product.get(), quantity);
    String customer = request.text("customer");
    return store
        .place(customer, quote)
        .map(Response::created)
        .orElseGet(() -> Response.problem(503, "the store is full: " + OrderStore.CAPACITY));
  }
}
