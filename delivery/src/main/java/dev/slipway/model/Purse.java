package dev.slipway.model;

import dev.slipway.model.Spending.Spent;
import dev.slipway.project.Budget;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * What is left of one change's budget. All agents that work on the change draw on the same purse.
 * Safe for many threads.
 */
public final class Purse {
  private final Budget budget;
  private final Consumer<Spent> keep;
  private Spent spent;

  /** A full purse that nobody remembers. */
  public Purse(Budget budget) {
    this(budget, Spent.NOTHING, ignored -> {});
  }

  /**
   * @param spent what was taken from it before
   * @param keep is told what was taken in all, each time before it is taken
   */
  Purse(Budget budget, Spent spent, Consumer<Spent> keep) {
    this.budget = budget;
    this.spent = spent;
    this.keep = keep;
  }

  /** The bound that is spent, with its value; empty while there is something left of each. */
  public synchronized Optional<String> spent() {
    if (spent.tokens() >= budget.tokensMax()) {
      return Optional.of(budget.tokensMax() + " tokens a change");
    }
    if (spent.dollars() >= budget.dollarsMax()) {
      return Optional.of(budget.dollarsMax() + " US dollars a change");
    }
    return spent.time().compareTo(budget.timeMax()) >= 0
        ? Optional.of(budget.timeMax().toSeconds() + " s of model and validation time a change")
        : Optional.empty();
  }

  /** What a call may cost now. */
  public synchronized Allowance allowance() {
    Duration left = budget.timeMax().minus(spent.time());
    return new Allowance(
        Math.max(0, budget.tokensMax() - spent.tokens()),
        Math.max(0, budget.dollarsMax() - spent.dollars()),
        left.isNegative() ? Duration.ZERO : left);
  }

  /** Takes what a call took. */
  public synchronized void pay(Receipt receipt) {
    take(spent.plus(receipt.tokens().total(), receipt.dollars(), receipt.latency()));
  }

  /** Takes time that was spent on proving what a model wrote. */
  public synchronized void payTime(Duration duration) {
    take(spent.plus(0, 0, duration));
  }

  private void take(Spent total) {
    keep.accept(total);
    spent = total;
  }
}
