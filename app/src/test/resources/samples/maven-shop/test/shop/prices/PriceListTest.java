package shop.prices;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PriceListTest {

    private PriceList prices;

    @BeforeEach
    void open() {
        prices = new PriceList();
    }

    @Test
    void knowsWhatIsSold() {
        assertEquals(145, prices.cents("milk").orElseThrow());
        assertTrue(prices.cents("anvil").isEmpty());
    }

    @Test
    void writesTwoDecimals() {
        assertEquals("1.45", PriceList.format(145));
        assertEquals("0.05", PriceList.format(5));
    }
}
