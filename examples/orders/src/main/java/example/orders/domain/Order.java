package example.orders.domain;

import example.orders.domain.Pricing.Quote;
import java.time.Instant;

/**
 * An order as it was placed. Its components are the columns of the table {@code orders}.
 *
 * @param id 1 for the first order; a later order has a higher one
 * @param totalCents what the customer pays, in cents
 */
public record Order(
    long id, String customer, String sku, int quantity, long totalCents, Instant placedAt) {

  static Order of(long id, String customer, Quote quote, Instant placedAt) {
    return new Order(id, customer, quote.sku(), quote.quantity(), quote.totalCents(), placedAt);
  }
}
