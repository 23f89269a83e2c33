package dev.slipway.policy.judge;

import java.math.BigDecimal;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Known differences between staging and production, as somebody states them: how many times slower
 * staging is for each. They multiply. They are true of an environment at a time, so what was
 * measured is kept with the factors that were in force.
 *
 * @param byCause how many times slower, from {@link #MIN} to {@link #MAX}; under 1 it is faster
 */
public record Factors(SortedMap<String, Double> byCause) {
  public static final double MIN = 0.01;
  public static final double MAX = 100;
  public static final int CAUSES_MAX = 20;

  /** Nothing is known to differ. */
  public static final Factors NONE = new Factors(new TreeMap<>());

  public Factors {
    byCause = Collections.unmodifiableSortedMap(new TreeMap<>(byCause));
    if (byCause.size() > CAUSES_MAX) {
      throw new IllegalArgumentException("at most " + CAUSES_MAX + " factors");
    }
    byCause.forEach(
        (cause, times) -> {
          if (!(times >= MIN && times <= MAX)) {
            throw new IllegalArgumentException(
                "the factor " + cause + " must lie between " + MIN + " and " + MAX);
          }
        });
  }

  /** These factors. */
  public static Factors of(Map<String, Double> byCause) {
    return new Factors(new TreeMap<>(byCause));
  }

  /** How many times slower staging is in all. */
  public double product() {
    return byCause.values().stream().reduce(1.0, (a, b) -> a * b);
  }

  /** Each with its number, such as {@code cpu 2, database 1.5}; {@code none} without any. */
  @Override
  public String toString() {
    return byCause.isEmpty()
        ? "none"
        : byCause.entrySet().stream()
            .map(it -> it.getKey() + " " + number(it.getValue()))
            .collect(Collectors.joining(", "));
  }

  private static String number(double value) {
    return BigDecimal.valueOf(value).stripTrailingZeros().toPlainString();
  }
}
