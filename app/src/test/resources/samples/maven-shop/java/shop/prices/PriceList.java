package shop.prices;

import java.util.Map;
import java.util.OptionalInt;

/** What things cost, in cents. */
public final class PriceList {

    private static final Map<String, Integer> CENTS = Map.of("bread", 320, "milk", 145, "tea", 510);

    public OptionalInt cents(String item) {
        Integer cents = CENTS.get(item);
        return cents == null ? OptionalInt.empty() : OptionalInt.of(cents);
    }

    public static String format(int cents) {
        return "%d.%02d".formatted(cents / 100, cents % 100);
    }
}
