package dev.slipway.project;

import java.time.Duration;

/** What one change may spend on the model: tokens, money in US dollars, wall time and attempts. */
public record Budget(long tokensMax, double dollarsMax, Duration timeMax, int attemptsMax) {
  public static final Budget DEFAULT = new Budget(400_000, 5.0, Duration.ofMinutes(20), 3);

  public Budget {
    if (tokensMax < 0 || !(dollarsMax >= 0) || timeMax.isNegative() || attemptsMax < 1) {
      throw new IllegalArgumentException(
          "a budget is not negative and allows at least one attempt");
    }
  }
}
