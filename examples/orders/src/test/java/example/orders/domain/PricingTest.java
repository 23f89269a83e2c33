package example.orders.domain;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import example.orders.domain.Catalogue.Product;
import example.orders.domain.Pricing.Quote;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PricingTest {

  private static final Product NAIL = new Product("NAIL", "Nail", 99);

  private final Pricing pricing = new Pricing();

  @ParameterizedTest(name = "{0} pieces: {1} % off")
  @CsvSource({"1, 0", "9, 0", "10, 5", "49, 5", "50, 10", "100, 15", "10000, 15"})
  void theMoreTheCheaperEach(int quantity, int percent) {
    assertEquals(percent, pricing.quote(NAIL, quantity).discountPercent());
  }

  @Test
  void aSinglePieceCostsTheListPrice() {
    assertEquals(new Quote("NAIL", 1, 0, 99), pricing.quote(NAIL, 1));
  }

  @Test
  void theDiscountIsRoundedDownToTheCent() {
    // 11 pieces are 1089; 5 % of that are 54.45, of which 54 are taken off.
    assertEquals(1035, pricing.quote(NAIL, 11).totalCents());
  }

  @ParameterizedTest
  @ValueSource(ints = {Integer.MIN_VALUE, -1, 0, Pricing.QUANTITY_MAX + 1})
  void aQuantityOutOfBoundsIsRefused(int quantity) {
    assertThrows(IllegalArgumentException.class, () -> pricing.quote(NAIL, quantity));
  }
}
