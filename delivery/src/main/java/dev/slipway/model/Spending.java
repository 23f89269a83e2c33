package dev.slipway.model;

import dev.slipway.change.ChangeId;
import java.time.Duration;

/** What changes have spent of their budgets, kept so that a restart fills no purse again. */
public interface Spending {
  /** What the change has spent so far; nothing if it is unknown. */
  Spent of(ChangeId change);

  /** Keeps what the change has spent in all; durable when it returns. */
  void keep(ChangeId change, Spent total);

  /**
   * What was spent.
   *
   * @param dollars US dollars
   * @param time waiting for the model, and proving what it wrote
   */
  record Spent(long tokens, double dollars, Duration time) {
    public static final Spent NOTHING = new Spent(0, 0, Duration.ZERO);

    Spent plus(long moreTokens, double moreDollars, Duration moreTime) {
      return new Spent(tokens + moreTokens, dollars + moreDollars, time.plus(moreTime));
    }
  }
}
