package example.orders.domain;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import example.orders.domain.Catalogue.Product;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class CatalogueTest {

  private static final Product NAIL = new Product("NAIL", "Nail", 99);

  @Test
  void findsAProductByItsSku() {
    Catalogue catalogue = new Catalogue(List.of(NAIL));

    assertEquals(Optional.of(NAIL), catalogue.find("NAIL"));
    assertEquals(Optional.empty(), catalogue.find("nail"));
  }

  @Test
  void aSkuStandsForOneProduct() {
    assertThrows(IllegalStateException.class, () -> new Catalogue(List.of(NAIL, NAIL)));
  }
}
