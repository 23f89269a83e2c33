package example.orders.domain;

import example.orders.domain.Catalogue.Product;
import java.util.List;

/** What a quantity of a product costs: the more, the cheaper each. */
public final class Pricing {

  /** The most of one product that can be bought at once; keeps every total far from overflow. */
  public static final int QUANTITY_MAX = 10_000;

  /**
   * An offer.
   *
   * @param discountPercent what was taken off the list price
   * @param totalCents what the customer pays for everything, in cents
   */
  public record Quote(String sku, int quantity, int discountPercent, long totalCents) {}

  /** From {@code quantity} pieces on, every piece is {@code percent} cheaper. */
  private record Tier(int quantity, int percent) {}

  private static final List<Tier> TIERS =
      List.of(new Tier(1, 0), new Tier(10, 5), new Tier(50, 10), new Tier(100, 15));

  /**
   * Prices an order. A discount is rounded down to the cent.
   *
   * @param quantity from 1 to {@link #QUANTITY_MAX}
   */
  public Quote quote(Product product, int quantity) {
    if (quantity < 1 || quantity > QUANTITY_MAX) {
      throw new IllegalArgumentException(
          "quantity must be from 1 to " + QUANTITY_MAX + ": " + quantity);
    }
    int percent = percentOff(quantity);
    long full = product.unitCents() * quantity;
    return new Quote(product.sku(), quantity, percent, full - full * percent / 100);
  }

  private static int percentOff(int quantity) {
    return TIERS.stream()
        .filter(tier -> tier.quantity() <= quantity)
        .mapToInt(Tier::percent)
        .max()
        .orElseThrow();
  }
}
