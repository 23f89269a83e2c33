package example.orders;

import example.orders.domain.Catalogue;
import example.orders.domain.Pricing;
import example.orders.http.HttpService;
import example.orders.http.Request;
import example.orders.http.Response;

/** Says what an order would cost. */
final class QuoteApi {

  private final Catalogue catalogue;
  private final Pricing pricing;

  QuoteApi(Catalogue catalogue, Pricing pricing) {
    this.catalogue = catalogue;
    this.pricing = pricing;
  }

  void addTo(HttpService service) {
    service.route("GET", "/quote", this::quote);
  }

  private Response quote(Request request) {
    String sku = request.text("sku");
    int quantity = (int) request.number("quantity", 1, Pricing.QUANTITY_MAX);
    return catalogue
        .find(sku)
        .map(product -> Response.ok(pricing.quote(product, quantity)))
        .orElseGet(() -> Response.problem(404, "there is no product " + sku));
  }
}
