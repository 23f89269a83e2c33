package dev.slipway.model;

import dev.slipway.project.Budget;
import java.time.Duration;
import java.util.Optional;

/**
 * What is left of one change's budget. All agents that work on the change draw on the same purse.
 * Safe for many threads.
 */
public final class Purse {
  private final Budget budget;
  private long tokens;
  private double dollars;
  private Duration time = Duration.ZERO;

  public Purse(Budget budget) {
    this.budget = budget;
  }

  /** The bound that is spent, with its value; empty while there is something left of each. */
  public synchronized Optional<String> spent() {
    if (tokens >= budget.tokensMax()) {
      return Optional.of(budget.tokensMax() + " tokens a change");
    }
    if (dollars >= budget.dollarsMax()) {
      return Optional.of(budget.dollarsMax() + " US dollars a change");
    }
    return time.compareTo(budget.timeMax()) >= 0
        ? Optional.of(budget.timeMax().toSeconds() + " s of model and validation time a change")
        : Optional.empty();
  }

  /** What a call may cost now. */
  public synchronized Allowance allowance() {
    Duration left = budget.timeMax().minus(time);
    return new Allowance(
        Math.max(0, budget.tokensMax() - tokens),
        Math.max(0, budget.dollarsMax() - dollars),
        left.isNegative() ? Duration.ZERO : left);
  }

  /** Takes what a call took. */
  public synchronized void pay(Receipt receipt) {
    tokens += receipt.tokens().total();
    dollars += receipt.dollars();
    time = time.plus(receipt.latency());
  }

  /** Takes time that was spent on proving what a model wrote. */
  public synchronized void payTime(Duration duration) {
    time = time.plus(duration);
  }
}
