package example.orders.domain;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** What can be ordered. */
public final class Catalogue {

  /**
   * One thing for sale.
   *
   * @param sku the name under which it is ordered
   * @param unitCents the price of one, in cents
   */
  public record Product(String sku, String name, long unitCents) {}

  private final Map<String, Product> products;

  public Catalogue(List<Product> products) {
    this.products =
        products.stream().collect(Collectors.toUnmodifiableMap(Product::sku, Function.identity()));
  }

  /** The shop's range. */
  public static Catalogue standard() {
    return new Catalogue(
        List.of(
            new Product("ANVIL", "Anvil, 50 kg", 12_900),
            new Product("BOLT", "Bolts M8, box of 100", 1_450),
            new Product("MAGNET", "Horseshoe magnet", 3_200),
            new Product("ROPE", "Hemp rope, 20 m", 2_375),
            new Product("SPRING", "Coil spring", 899)));
  }

  public Optional<Product> find(String sku) {
    return Optional.ofNullable(products.get(sku));
  }
}
