package dev.slipway.policy;

import java.math.BigDecimal;

/** A share of traffic in basis points: 500 is 5 %. Exact, so that two nodes never disagree. */
public record Share(int basisPoints) implements Comparable<Share> {
  public static final Share NONE = new Share(0);
  public static final Share ALL = new Share(10_000);

  public Share {
    if (basisPoints < 0 || basisPoints > 10_000) {
      throw new IllegalArgumentException("a share is 0 to 10000 basis points, not " + basisPoints);
    }
  }

  /** From a percentage, such as 5 for 5 %. */
  public static Share percent(double percent) {
    return new Share((int) Math.round(percent * 100));
  }

  @Override
  public int compareTo(Share other) {
    return Integer.compare(basisPoints, other.basisPoints);
  }

  @Override
  public String toString() {
    return BigDecimal.valueOf(basisPoints, 2).stripTrailingZeros().toPlainString() + " %";
  }
}
